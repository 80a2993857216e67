import { isObject, type Json, type JsonObject } from '../../../activity.ts'

// A record whose lists and objects were spread over names of its own, as tools for flat tables do:
// `Folders_0_FolderItems_0_Id`, `AppAccessContext_UniqueTokenId` and `Param_ForwardTo` (Hawk's Get-SimpleUnifiedAuditLog),
// `Folders.1.FolderItems.1.Id` (ConvertTo-FlatObject of PowerShell, Miller), `Folders/0/FolderItems/0/Id` (csvkit),
// `Folders{}.FolderItems{}.Id` with all values of all items, one a line (a table of Splunk), `AppAccessContext.AADSessionId`.
const spread = /^(?:[A-Z]\w*(?:_\d+(?:_|$)|\{\}|[./](?:[A-Z]|\d+(?:[./]|$)))|(?:Param|AppAccessContext)_[A-Z])/
const list = '{}'

// Real records have names of some dozens of letters, and no more elements than a record of mail access has mails; beyond these a record is
// made to cost memory, and stays as it is.
const [longestName, longestWay, mostValues] = [500, 12, 20_000] as const

/** A record as it was, of one whose names may tell where in it their values stood. */
export interface Gathered {
  readonly record: JsonObject
  /** Whether names told that: types, and what was empty, are lost then. */
  readonly isSpread: boolean
  /** Whether which values of lists belong together cannot be told for all. */
  readonly isMixed: boolean
}

/** Puts values back where they stood. */
export function gathered(record: JsonObject): Gathered {
  let isSpread = false
  for (const name in record) isSpread ||= (name.includes('_') || /[{./]/.test(name)) && spread.test(name)
  if (!isSpread) return { record, isSpread, isMixed: false }
  return Object.keys(record).length > mostValues ? { record, isSpread, isMixed: true } : gather(record)
}

/** Values with the way to them: names, places in lists, and `{}` for all places of a list. */
interface Found {
  readonly way: readonly string[]
  readonly value: Json
}

function gather(record: JsonObject): Gathered {
  const put = { isMixed: false }
  const parameters = listIn(record['Parameters'])
  const told = new Set(parameters.map((one) => (isObject(one) ? one['Name'] : undefined)))
  const found: Found[] = []
  for (const [name, value] of Object.entries(record)) {
    if (value === '' || value === null) continue
    const parameter = /^Param_(\w+)$/.exec(name)?.[1]
    const way = wayOf(name)
    const isWhole = way.length > 1 && isWholeBeside(record[way[0] as string], way)
    if (parameter !== undefined && !told.has(parameter)) parameters.push({ Name: parameter, Value: value })
    else if (parameter === undefined && !isWhole) found.push({ way, value })
  }
  const whole = objectOf(found, put)
  return {
    record: parameters.length === 0 ? whole : { ...whole, Parameters: parameters },
    isSpread: true,
    isMixed: put.isMixed,
  }
}

/**
 * What stands there whole is not made anew of what a column says of it. Beside a value `UserId.1` is no element of a list: so pandas and Power Query
 * name a second column `UserId`.
 */
function isWholeBeside(value: Json | undefined, [, ...way]: readonly string[]): boolean {
  const isNumber = way.length === 1 && /^\d+$/.test(way[0] as string)
  return isNumber ? value !== undefined && value !== null && value !== '' : typeof value === 'object' && value !== null
}

function listIn(value: Json | undefined): Json[] {
  return Array.isArray(value) ? [...value] : []
}

function wayOf(name: string): readonly string[] {
  if (name.length > longestName) return [name]
  const way = stepsOf(name)
  return way.length > longestWay ? [name] : way
}

function stepsOf(name: string): readonly string[] {
  if (name.includes(list)) return name.replaceAll(list, `.${list}`).split('.')
  return /^[A-Z]/.test(name) ? name.split(/[_./](?=[A-Z]|\d+(?:[_./]|$))/) : [name]
}

type Put = { isMixed: boolean }

function heldBy(found: readonly Found[], put: Put): Json {
  const [first] = found
  if (first === undefined || first.way.length === 0) return first?.value ?? null
  if (found.every(({ way: [step] }) => step === list)) return listOf(found.map(behind), put)
  const whole = objectOf(found, put)
  return Object.keys(whole).every((key) => /^\d+$/.test(key)) ? Object.values(whole) : whole
}

/** Of a value and of what stands in one, under one name, the latter says more. */
function objectOf(found: readonly Found[], put: Put): JsonObject {
  const byName = Map.groupBy(found, ({ way: [step = ''] }) => step)
  return Object.fromEntries(
    [...byName].map(([name, own]) => {
      const inner = own.map(behind)
      const deeper = inner.filter(({ way }) => way.length > 0)
      return [name, heldBy(deeper.length > 0 ? deeper : inner, put)]
    }),
  )
}

function behind({ way: [, ...way], value }: Found): Found {
  return { way, value }
}

/**
 * The elements of a list of whose members all values stand together: what stands at the same place is of one element. Of lists in a list
 * nothing tells which of them a value is of, so all are in one.
 */
function listOf(found: readonly Found[], put: Put): Json[] {
  const isInner = ({ way }: Found) => way.includes(list)
  const own = found.filter((one) => !isInner(one)).map(({ way, value }) => ({ way, values: linesOf(value, put) }))
  const count = Math.max(0, ...own.map(({ values }) => values.length))
  const whole = own.filter(({ values }) => values.length === count)
  const elements = Array.from({ length: count }, (_, i) =>
    heldBy(
      whole.map(({ way, values }) => ({ way, value: values[i] as Json })),
      put,
    ),
  )
  const inner = found.filter(isInner)
  put.isMixed ||= whole.length < own.length || (inner.length > 0 && count > 1)
  if (inner.length === 0) return elements
  const alone = count === 1 ? own.map(({ way, values }) => ({ way, value: values[0] as Json })) : []
  return [objectOf([...alone, ...inner], put), ...(count === 1 ? [] : elements)]
}

function linesOf(value: Json, put: Put): Json[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'string') return [value]
  const lines = value.split('\n', mostValues + 1)
  put.isMixed ||= lines.length > mostValues
  return lines.length > mostValues ? [value] : lines
}
