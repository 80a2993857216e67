import type { Json, JsonObject } from '../../../activity.ts'
import type { Listed } from '../../../entry.ts'
import { isoOf } from '../../../time/time.ts'
import { isTooDeep } from '../depth.ts'
import { hasAll, isEmpty, mapOf, member, textOf } from './members.ts'
import { isOfSession, isTypeName } from './powershell.ts'
import { hashId } from './record-id.ts'
import type { Cells, Shaped, Shapes } from './shape.ts'
import { guid, startsRowBy } from './starts-row.ts'

/** A form in which tools list what stands: by which members it is known, and which of Exchange's words it has others for. */
export interface StateForm {
  /** Of its shapes, without what says that it is CSV or JSON. */
  readonly name: string
  readonly title: string
  /** What is listed: chooses the fields. */
  readonly operation: string
  readonly columns: readonly string[]
  readonly oneOf?: readonly string[]
  /** Which members, under Exchange's names, say whose mailbox it is, the first that says something; none where nothing does. */
  readonly whose: readonly string[]
  /** Exchange's name of members that have another here, which stand in small letters. */
  readonly names?: Readonly<Record<string, string>>
  /** What its columns look like where a row begins, beside `RunspaceId`. */
  readonly begins?: Readonly<Record<string, RegExp>>
  /** Without these members it is not known whether what they tell of is there. */
  readonly tells?: readonly string[]
  /** Whether it is of a mailbox, and does not say of which: somebody has to. */
  readonly isNameless?: true
  /** Makes the record one with Exchange's names, where it takes more than other names. */
  readonly make?: (record: JsonObject) => JsonObject
}

/** The shapes of a form: what has lists in it tells them as JSON only, or as the text that a script made of them. */
export function stateShapes(form: StateForm): Shapes {
  const { name, title, columns, oneOf, begins = {}, isNameless } = form
  // JSON's are compared without their case, too: scripts select `ForwardingSMTPAddress`.
  const own = [...columns, ...(oneOf ?? []), ...form.whose].map((one) => [one.toLowerCase(), one] as const)
  const names = mapOf({ ...Object.fromEntries(own), ...form.names })
  const isListing = true
  return {
    csv: {
      ...{ name: `${name}-csv`, title, isListing, columns },
      ...(oneOf !== undefined && { oneOf }),
      startsRow: startsRowBy({ RunspaceId: guid, ...begins }),
      read: (cells: Cells, _mailbox, listed) => stateOf(form, names, cells, { listed }),
    },
    json: {
      ...{ name, title, isListing },
      recognizes: (record) =>
        hasAll(record, ...columns) && oneOf?.some((one) => member(record, one) !== undefined) !== false,
      ...(isNameless === true && { owner: { rowsWith: '@odata.owner', read: () => undefined } }),
      read: (record, truncated, mailbox, listed) => stateOf(form, names, record, { mailbox, truncated, listed }),
    },
  }
}

/** A file that begins with records has no day of its own. */
const amongOthers =
  'it lists how things stood, among records that have times: put the listing into a file of its own, with its day in the name, such as 2026-03-10'

interface Told {
  readonly listed: Listed | undefined
  readonly mailbox?: string | undefined
  readonly truncated?: boolean
}

/** How something stood, under Exchange's names, or why it is none. What is listed twice on one day is one. */
function stateOf(
  { operation, whose: members, tells = [], isNameless, make = (record) => record }: StateForm,
  names: ReadonlyMap<string, string>,
  raw: JsonObject,
  { listed, mailbox: said = '', truncated = false }: Told,
): Shaped | string {
  if (isTooDeep(raw)) return 'nested deeper than a listing can be'
  if (listed === undefined) return amongOthers
  const told: JsonObject = {}
  const lost: string[] = []
  for (const [given, value] of Object.entries(make(raw))) {
    if (isOfSession(given) || given.startsWith('@')) continue
    const name = names.get(given.toLowerCase()) ?? given
    const said = plain(value)
    if (isCut(value)) lost.push(name)
    if (!isEmpty(said)) told[name] = said
  }
  const unasked = tells.filter((name) => member(raw, name) === undefined)
  if (lost.length + unasked.length > 0) told['NotTold'] = [...lost, ...unasked].sort()
  const [named = isNameless === true ? said : ''] = members
    .map((name) => textOf(member(told, name) ?? null))
    .filter((text) => text !== undefined)
  const mailbox = named.toLowerCase()
  const day = isoOf(listed.at).slice(0, 10)
  const id = hashId([operation, day, mailbox, ...Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1))])
  const record = { ...told, ListedBy: listed.by }
  const cut = truncated || lost.length > 0
  return { dataset: 'o365.state', id, time: listed.at, operation, mailbox, record, fullness: 0, truncated: cut }
}

/** Whether of a list only its type is left, or as PowerShell shows it its first four: `{a, b, c, d...}`. */
function isCut(value: Json): boolean {
  return typeof value === 'string' && (isTypeName(value.trim()) || /^\{.*(?:\.\.\.|…)\}$/s.test(value.trim()))
}

/** A list as PowerShell shows it, `{a, b}`, and no object of JSON. */
const shownList = /^\s*\{(?!\s*"[^"]*"\s*:)(.*?)(?:\.\.\.|…)?\}\s*$/s

/** The same whether a cell or JSON has it: `True` and `true`, numbers and their digits; none of a number that has lost some, as rules' in JSON. */
function plain(value: Json): Json {
  if (typeof value === 'string') return shownList.exec(value)?.[1]?.trim() ?? value
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'number') return value
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? null : String(value)
}

/** The same without cells in which a script wrote `-` for nothing; a rule may be called so. */
export function withoutDashes(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name, value]) => value !== '-' || /rule/i.test(name)))
}
