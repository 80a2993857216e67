import { listedRows } from './listed-rows.ts'
import type { Scratch } from './scratch.ts'
import { intrudersFirst } from './sureness.ts'
import { countOf, number } from './words.ts'

/** Sign-ins of one user from one address that are worth a look, whether they succeeded or not. */
export interface SignInFact {
  /**
   * `first factor`: stopped by what comes after it, where no logon of the user from there succeeded. `device code`: by a code that was shown on one
   * device and entered on another, in this sign-in or in the one that its token goes back to.
   */
  readonly kind: 'first factor' | 'device code'
  readonly user: string | null
  readonly ip: string
  readonly country: string | null
  readonly marked: string | null
  /** How many sign-ins these are, those that two logs have once. */
  readonly times: number
  /** Of how many the sign-in log says that the password was right, and of how many that a token or session from before was accepted. */
  readonly password: number
  readonly token: number
  /** Of these. */
  readonly succeeded: number
  readonly first: string
  readonly last: string
  /** The first of them, by `event.id`. */
  readonly id: string
}

const succeeded = `outcome = 'success'`

// Only the sign-in log tells of device codes, so there also what the audit log has counts; both tell the first factor, and one of them what it was.
const kinds = {
  // An owner is asked for a second factor every day, and passes.
  'first factor': {
    isOne: 'firstFactor is not null',
    times: 'count',
    having: `times > 0 and not max(${succeeded})`,
    order: 'password desc, times desc',
  },
  // With the token of one sign-in come as many others, from wherever: the first is when the code was entered, if the log reaches back so far.
  'device code': { isOne: 'deviceCode = 1', times: 'records', having: 'times > 0', order: 'first' },
} as const

/** Who passed the first factor and never got in, proven passwords first, and who signed in by a device code, by time; the intruder's before others. */
export function signInFacts(scratch: Pick<Scratch, 'query'>): SignInFact[] {
  return Object.entries(kinds).flatMap(([kind, { isOne, times, having, order }]) =>
    scratch.query<SignInFact>(
      `select ? as kind, user, ip, min(country) as country, min(marked) as marked,
        coalesce(sum(${times}) filter (where ${isOne}), 0) as times,
        coalesce(sum(records) filter (where firstFactor = 'password'), 0) as password,
        coalesce(sum(records) filter (where firstFactor = 'token'), 0) as token,
        coalesce(sum(${times}) filter (where ${isOne} and ${succeeded}), 0) as succeeded,
        min(first) filter (where ${isOne}) as first, max(last) filter (where ${isOne}) as last,
        substr(min(first || ' ' || id) filter (where ${isOne}), 26) as id
        from usage where category = 'logon' and ip is not null group by user, ip having ${having}
        order by ${intrudersFirst}, ${order}, user, ip limit ${listedRows}`,
      kind,
    ),
  )
}

/** What is counted of logons beside their outcome. */
type WaysIn = Readonly<Record<'accepted' | 'password' | 'deviceCode', number>>

const waysIn: readonly { readonly head: string; readonly shortHead: string; readonly of: keyof WaysIn }[] = [
  { head: 'After first factor', shortHead: 'after 1st factor', of: 'accepted' },
  { head: 'Password right', shortHead: 'password right', of: 'password' },
  { head: 'Device code', shortHead: 'device code', of: 'deviceCode' },
]

/** How far those came that were stopped, and who came by a device code: the columns that some row of logons needs. */
export function waysInOf(rows: readonly WaysIn[]): typeof waysIn {
  return waysIn.filter(({ of }) => rows.some((row) => row[of] > 0))
}

/** How many sign-ins were stopped after the first factor, in words; nothing where none was. */
export function stoppedText({ times, password }: Pick<SignInFact, 'times' | 'password'>): string | undefined {
  if (times === 0) return undefined
  const right = password === 0 ? '' : `, ${number(password)} of them by a password that was right`
  return `${number(times)} stopped only after the first factor${right}`
}

/** A row as a line of an answer. */
export function signInText({ kind, user, ip, times, password, succeeded }: SignInFact): string {
  const who = `${user ?? 'no user named'} from ${ip}`
  if (kind === 'device code')
    return `${who}: ${countOf(times, 'sign-in')} by a code entered on another device or with its token, ${number(succeeded)} succeeded`
  return `${who}: ${stoppedText({ times, password })}; no logon succeeded`
}
