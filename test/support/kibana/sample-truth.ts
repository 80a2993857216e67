import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../cli.ts'

/** Succeeded, refused, neither. */
export interface Outcomes {
  readonly success: number
  readonly failure: number
  readonly unknown: number
}

interface Logons {
  readonly records: number
  readonly outcomes: Outcomes
  readonly byAddress: Record<
    string,
    Outcomes & { readonly actors: readonly string[]; readonly first: string; readonly last: string }
  >
  readonly byUser: Record<string, Outcomes>
}

interface Reads {
  readonly subjectKnown: number
  readonly bindRecords: number
  readonly syncRecords: number
  readonly throttledRecords: number
  readonly messages: number
}

/** What happened in the sample tenant, as far as the dashboards tell it. */
export interface SampleTruth {
  readonly first: string
  readonly last: string
  readonly distinct: {
    readonly audit: number
    readonly signIns: number
    readonly messageTrace: number
    readonly all: number
  }
  readonly byCategory: Record<string, number>
  readonly logons: {
    readonly audit: Logons & { readonly byOperation: Record<string, Record<string, number>> }
    readonly signIns: Logons
    readonly countries: Record<string, string>
    readonly inBoth: number
  }
  readonly searches: {
    readonly records: number
    readonly byActor: Record<'intruder' | 'owner', number>
    readonly list: readonly {
      readonly actor: string
      readonly text: string
      readonly ip: string
      readonly session?: string
    }[]
  }
  readonly reads: Reads & {
    readonly byActor: Record<'intruder' | 'owner' | 'service', Reads>
    readonly byMailbox: Record<string, Reads>
    readonly ofIntruder: {
      readonly bySession: Record<string, Reads>
      readonly syncedFolders: readonly { readonly folder: string }[]
    }
  }
  readonly attachments: { readonly byActor: Record<string, number> }
  readonly sent: { readonly byActor: Record<string, Record<string, number>> }
  readonly deleted: {
    readonly byActor: Record<string, Record<string, { readonly records: number; readonly messages: number }>>
  }
  readonly sessions: Record<string, { readonly user: string; readonly addresses: readonly string[] }>
  readonly throttled: readonly { readonly mailbox: string; readonly from: string }[]
  readonly intruder: {
    readonly records: number
    readonly byCategory: Record<string, number>
    readonly addresses: readonly string[]
    readonly sessions: readonly string[]
    readonly application: { readonly id: string; readonly name: string }
  }
  readonly changes: {
    readonly consent: readonly { readonly time: string }[]
    readonly admin: readonly { readonly operation: string; readonly AuditEnabled?: string }[]
  }
}

export const truth: SampleTruth = JSON.parse(readFileSync(join(root, 'samples/audit-case.truth.json'), 'utf8'))
