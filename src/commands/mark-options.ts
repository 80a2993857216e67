import type { MarkBook } from '../case/marks.ts'
import { ConfigError } from '../errors.ts'
import { isGuid } from '../guid.ts'
import type { Job } from '../job.ts'
import { unmatchedMarks } from '../mark-matches.ts'
import { isNamedBy, type Mark, type Trait, traitKey, traitOf } from '../marks.ts'
import { applicationName, isMicrosofts } from '../microsoft/applications.ts'
import { foundOrMade } from '../remember.ts'
import { taking } from './common.ts'

/** Options that mark what is the intruder's and what the owner's. */
export const markArgs = {
  hostile: taking(
    'WHAT',
    "What is the intruder's: sessions, addresses, networks (192.0.2.0/24), AS64500, countries (DK), application:ID, user:UPN (all that this account does), user-agent:TEXT; commas between, or several times",
  ),
  trusted: taking('WHAT', "What is the owner's, in the same forms"),
  clear: taking('WHAT', 'What is neither any more; "all" takes every mark away'),
} as const

/** What is to be marked and cleared. */
export interface MarkChange {
  readonly set: readonly Mark[]
  readonly cleared: readonly Trait[] | 'all'
}

/**
 * Reads marks from the command line as it was typed: an option that stands there several times counts each time. Throws `ConfigError`
 * for what names nothing, such as no country, and for what is called hostile and trusted at once.
 */
export function markChangeOf(rawArgs: readonly string[]): MarkChange {
  const [hostile, trusted] = (['hostile', 'trusted'] as const).map((option) => traitsOf(rawArgs, option))
  const set = [
    ...(hostile ?? []).map((trait): Mark => ({ ...trait, actor: 'intruder' })),
    ...(trusted ?? []).map((trait): Mark => ({ ...trait, actor: 'owner' })),
  ]
  for (const { kind, value } of set) if (kind === 'country') refuseUnknown(value)
  const actors = new Map<string, Mark['actor']>()
  for (const mark of set) {
    if (foundOrMade(actors, traitKey(mark), () => mark.actor) !== mark.actor)
      throw new ConfigError(`${mark.value} is both hostile and trusted`)
  }
  const cleared = textsOf(rawArgs, 'clear')
  return { set, cleared: cleared.includes('all') ? 'all' : cleared.map(traitOf) }
}

const countries = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

/** Places have today's codes of ISO 3166; a mark of another would be of nothing, for ever. */
function refuseUnknown(code: string): void {
  const { region = code } = new Intl.Locale(`und-${code}`)
  if (region !== code) throw new ConfigError(`${code} is no code of a country: is ${region} meant?`)
  if (countries.of(code) === undefined) throw new ConfigError(`${code} is no code of a country (ISO 3166, such as DK)`)
}

/** Changes the marks of the case, and gives what was to be cleared and was not marked. Throws `ConfigError` for a session that no record names: a slip would mark nothing, silently. */
export function changeMarks(book: MarkBook, { set, cleared }: MarkChange): Trait[] {
  for (const { kind, value } of set) {
    if (kind === 'session' && !book.knowsSession(value)) {
      const other = isGuid(value) ? `; an application's id is marked as application:${value}` : ''
      throw new ConfigError(`no record of this case names a session ${value}: hoofprint sessions lists them${other}`)
    }
  }
  const marked = new Set(book.marks().map(traitKey))
  if (isChange({ set, cleared })) book.changeMarks(set, cleared)
  if (cleared === 'all') return []
  return cleared.filter((trait) => !marked.has(traitKey(trait)))
}

/** Says what of a change may be a slip, though what is marked stands: evidence of it may come later. Gives the marks that match nothing. */
export async function tellSlips(
  job: Job,
  { set }: MarkChange,
  notMarked: readonly Trait[],
  warn: (text: string) => void,
): Promise<readonly Mark[]> {
  for (const { value } of notMarked) warn(`${value} was not marked: there is nothing to clear`)
  for (const { value } of set.filter(isEverybodys)) {
    warn(
      `${value} is Microsoft's own (${applicationName(value)}), which everybody uses: it counts only where no address and no session that is marked says whose something is`,
    )
  }
  const { unmatched, untold } = await unmatchedMarks(job, set)
  for (const { value } of unmatched) warn(`${value} matches nothing in this case yet: see that it is what was meant`)
  for (const { kind, value } of untold) {
    const why =
      kind === 'application' || kind === 'user'
        ? 'was not looked for in so much'
        : 'is of no session and no logon that succeeded'
    warn(`${value} ${why}: hoofprint answer tells whether it is of anything`)
  }
  return unmatched
}

function isEverybodys({ kind, value }: Mark): boolean {
  return kind === 'application' && isMicrosofts(value)
}

/** Whether anything is to be changed. */
export function isChange({ set, cleared }: MarkChange): boolean {
  return set.length > 0 || cleared === 'all' || cleared.length > 0
}

function traitsOf(rawArgs: readonly string[], option: string): Trait[] {
  return textsOf(rawArgs, option).map(traitOf)
}

/** A user agent may hold commas, so nothing behind it is cut. */
function textsOf(rawArgs: readonly string[], option: string): string[] {
  const given = rawArgs.flatMap((arg, i) => {
    if (arg === `--${option}`) return rawArgs[i + 1] ?? []
    return arg.startsWith(`--${option}=`) ? arg.slice(option.length + 3) : []
  })
  return given
    .flatMap((text) => (isNamedBy(text, 'user-agent') ? [text] : text.split(',')))
    .filter((text) => text !== '')
}
