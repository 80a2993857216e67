import type { Client } from './clients.ts'
import type { Actor } from './fact.ts'
import type { Account } from './tenant.ts'

/** Somebody using an account: who it really is, from where, with what. A visit without a session leaves none behind. */
export type Visit = { actor: Actor; account: Account; ip: string; client: Client; session?: string }
