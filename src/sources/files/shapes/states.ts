import type { Json, JsonObject } from '../../../activity.ts'
import type { Listed } from '../../../entry.ts'
import { isoOf } from '../../../time/time.ts'
import { isTooDeep } from '../depth.ts'
import { hasAll, isEmpty, mapOf, member, textOf } from './members.ts'
import { isOfSession, isTypeName } from './powershell.ts'
import { hashId } from './record-id.ts'
import type { Cells, CsvShape, JsonShape, Shaped } from './shape.ts'
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
  /** Whether it is of a mailbox, and does not say of which: somebody has to. */
  readonly isNameless?: true
  /** Makes the record one with Exchange's names, where it takes more than other names. */
  readonly make?: (record: JsonObject) => JsonObject
}

/** The shapes of a form: what has lists in it tells them as JSON only, or as the text that a script made of them. */
export function stateShapes(form: StateForm): { readonly csv: CsvShape; readonly json: JsonShape } {
  const { name, title, columns, oneOf, begins = {}, isNameless } = form
  const names = mapOf(form.names ?? {})
  const isListing = true
  return {
    csv: {
      ...{ name: `${name}-csv`, title: `${title} as CSV`, isListing, columns },
      ...(oneOf !== undefined && { oneOf }),
      startsRow: startsRowBy({ RunspaceId: guid, ...begins }),
      read: (cells: Cells, _mailbox, listed) => stateOf(form, names, cells, { listed }),
    },
    json: {
      ...{ name, title: `${title} as JSON`, isListing },
      recognizes: (record) =>
        hasAll(record, ...columns) && oneOf?.some((one) => member(record, one) !== undefined) !== false,
      ...(isNameless === true && { owner: { rowsWith: '@odata.owner', read: () => undefined } }),
      read: (record, truncated, mailbox, listed) => stateOf(form, names, record, { mailbox, truncated, listed }),
    },
  }
}

/** What scripts list that say `-` where they have nothing to say. */
export function withoutDashes(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== '-'))
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
  { operation, whose: members, make = (record) => record }: StateForm,
  names: ReadonlyMap<string, string>,
  raw: JsonObject,
  { listed, mailbox: said = '', truncated = false }: Told,
): Shaped | string {
  if (isTooDeep(raw)) return 'nested deeper than a listing can be'
  if (listed === undefined) return amongOthers
  let isHollow = false
  const told: JsonObject = {}
  for (const [name, value] of Object.entries(make(raw))) {
    isHollow ||= typeof value === 'string' && isTypeName(value.trim())
    const said = plain(value)
    if (!isOfSession(name) && !name.startsWith('@') && !isEmpty(said))
      told[names.get(name.toLowerCase()) ?? name] = said
  }
  const [named = said] = members.map((name) => textOf(member(told, name) ?? null)).filter((text) => text !== undefined)
  const mailbox = named.toLowerCase()
  const day = isoOf(listed.at).slice(0, 10)
  const id = hashId([operation, day, mailbox, ...Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1))])
  const record = { ...told, ListedBy: listed.by }
  const cut = truncated || isHollow
  return { dataset: 'o365.state', id, time: listed.at, operation, mailbox, record, fullness: 0, truncated: cut }
}

/** The same whether a cell or JSON has it: `True` and `true`, numbers and their digits; none of a number that has lost some, as rules' in JSON. */
function plain(value: Json): Json {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'number') return value
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? null : String(value)
}
