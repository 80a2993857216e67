import type { Json, JsonObject } from '../activity.ts'
import { foundOrMade } from '../remember.ts'
import { isTypeName } from '../sources/files/shapes/powershell.ts'
import { valueText } from '../value-text.ts'
import { near, plain } from './near-rows.ts'
import type { Compared, Retold, Row, Saying, Teller } from './row-kinds.ts'

/** Those of one table, or records, that say the same in all that is compared: what is found of one is found of all. */
interface Alike<One extends Saying> {
  readonly one: One
  readonly all: InOrder
}

/** In which order some of them come: those that say more first and, of those that say as much, those of lower ids. */
interface InOrder {
  readonly length: number
  /** How many come before another. */
  before(one: Saying): number
  /** How many count in the place of a row that they tell, as those that were not cut off do in the place of one that was. */
  better(row: Saying): number
}

/** Those of one table, and what tells them. */
interface AlikeRows extends Alike<Row> {
  readonly rows: readonly Row[]
  readonly tellings: Telling[]
}

/** What tells some rows, and all that it tells in their table. */
interface Telling {
  readonly by: Alike<Teller>
  readonly told: readonly AlikeRows[]
}

/** Tellers of one table, or records of any, and which rows of a table they tell. */
interface Beside {
  readonly areRows: boolean
  readonly classOf: ReadonlyMap<number, AlikeRows>
}

/**
 * Which of these rows others tell, where no two of one table are of one thing: no more of a table are told than others tell of their things. Rows
 * and tellers are compared by classes of what says the same, for of a service that does one thing again and again a moment has thousands.
 *
 * `rows` are all of one moment, of any table; those that are asked for are given by `seq`. A teller tells those that ask for it (`pool`).
 */
export function retoldApart(asked: ReadonlySet<number>, rows: readonly Row[], tellers: readonly Teller[]): Retold {
  const told = new Set<number>()
  const completed = new Map<number, JsonObject>()
  const tables = Map.groupBy(tellers, (teller) => tableOf(teller, rows[0]))
  for (const [table, own] of Map.groupBy(rows, (row) => row.table)) {
    const besides = [...tables]
      .filter(([name]) => name !== table)
      .map(([name, others]) => besideOf(own, others, name !== records))
    const isEnough = enough()
    for (const row of own) {
      const { seq } = row.stored
      if (!asked.has(seq)) continue
      if (besides.some(({ classOf, areRows }) => isEnough(row, classOf.get(seq), areRows))) told.add(seq)
      if (row.areCompleted === undefined) continue
      const more = completing(row, told.has(seq), besides)
      if (Object.keys(more).length > 0) completed.set(seq, more)
    }
  }
  return { told, completed }
}

/** What stands in no table of the kind, whose records are told by ids of their own. */
const records = ''

function tableOf({ stored, table }: Teller, row: Row | undefined): string {
  return row?.isRow(stored) === true ? table : records
}

function besideOf(own: readonly Row[], tellers: readonly Teller[], areRows: boolean): Beside {
  const { compared } = own[0] as Row & { compared: Compared } // Those of other kinds are not apart.
  const classes = [...alike(own, namesOf(compared, 'row', tellers), false).values()].map(
    (rows): AlikeRows => ({ one: rows[0] as Row, rows, all: inOrder(rows), tellings: [] }),
  )
  const { of } = near(classes.map(({ one }) => one))
  const classOf = new Map(classes.flatMap((all) => all.rows.map(({ stored }) => [stored.seq, all] as const)))
  for (const some of alike(tellers, namesOf(compared, 'teller', own), compared.isWhen === true).values()) {
    const by = { one: some[0] as Teller, all: inOrder(some) }
    const told = of(by.one.record, by.one.listed)
      .filter((row) => row.says(by.one, row, by.one.listed))
      .map(({ stored }) => classOf.get(stored.seq) as AlikeRows) // Each is one of them.
    for (const { one, tellings } of told) if (one.pool === by.one.pool) tellings.push({ by, told })
  }
  return { areRows, classOf }
}

/** What is looked at of those that tell, or of rows, beside others. */
function namesOf(compared: Compared, of: 'row' | 'teller', others: readonly Saying[]): readonly string[] {
  const said = new Set(others.flatMap(({ record }) => Object.keys(record)))
  const { ifBoth } = compared
  if (ifBoth === 'all') return [...new Set([...compared[of], ...said.difference(ofOneAlone)])]
  const other = of === 'row' ? 'teller' : 'row'
  const pairs = Object.entries(ifBoth).map(([row, teller]) => ({ row, teller }))
  return [...compared[of], ...pairs.filter((pair) => said.has(pair[other])).map((pair) => pair[of])]
}

/** What each has of its own and nothing is compared by. */
const ofOneAlone: ReadonlySet<string> = new Set(['CreationTime', 'OriginatingServer', 'Id', 'createdDateTime', 'id'])

function alike<One extends Row | Teller>(
  some: readonly One[],
  names: readonly string[],
  isWhen: boolean,
): Map<string, One[]> {
  return Map.groupBy(some, ({ pool, stored, record }) =>
    // Nothing said is not the same as null.
    [pool, isWhen ? stored.time : '', ...names.map((name) => JSON.stringify(record[name]))].join('\n'),
  )
}

/** Looks up whether of those that tell a row, all records or all rows of one table, some are left over for it. */
function enough(): (row: Row, own: AlikeRows | undefined, areRows: boolean) => boolean {
  const known = new Map<AlikeRows, readonly AlikeRows[]>()
  return (row, own, areRows) => {
    if (own === undefined) return false
    let better = 0
    const counting = own.tellings.filter(({ by }) => {
      const count = areRows ? by.all.better(row) : by.all.length
      better += count
      return count > 0
    })
    if (better === 0) return false
    const isOfAll = counting.length === own.tellings.length
    const rivals = isOfAll ? foundOrMade(known, own, () => rivalsOf(own, counting)) : rivalsOf(own, counting)
    let before = 0
    return rivals.every(({ all }) => {
      before += all.before(row)
      return before < better
    })
  }
}

/** The rows that stand beside one and are told by the same. */
function rivalsOf({ one }: AlikeRows, tellings: readonly Telling[]): readonly AlikeRows[] {
  const isBeside = besides(one)
  return [...new Set(tellings.flatMap(({ told }) => told))].filter((other) => isBeside(other.one))
}

/** Whether what lists mails shares one with a row that does. */
function besides({ told }: Row): (one: Row) => boolean {
  const own = new Set(told)
  return (one) => own.size === 0 || one.told.length === 0 || one.told.some((id) => own.has(id))
}

function inOrder(some: readonly Saying[]): InOrder {
  // What says most comes first: what tells it tells fewest others.
  const sorted = some.toSorted((a, b) => (isBefore(a, b) ? -1 : 1))
  const [cut, whole] = [sorted.filter(({ truncated }) => truncated), sorted.filter(({ truncated }) => !truncated)]
  return {
    length: some.length,
    before: (one) => countBefore(sorted, one),
    better: (row) => (row.truncated ? whole.length + countBefore(cut, row) : countBefore(whole, row)),
  }
}

function countBefore(sorted: readonly Saying[], one: Saying): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(sorted[middle] as Saying, one)) low = middle + 1
    else high = middle
  }
  return low
}

function isBefore(a: Saying, b: Saying): boolean {
  return a.size === b.size ? a.stored.id < b.stored.id : a.size > b.size
}

/**
 * What a row that counts does not say and rows of other tables do that are of nothing else; of whom a row has no more than a name, what all that
 * tell it call him, where they say by his id or session that it was he, or tell nothing else. In the order of ids, whichever came first.
 */
function completing(row: Row, isTold: boolean, besides: readonly Beside[]): JsonObject {
  const { record } = row
  const tellings = besides.flatMap(({ classOf }) => classOf.get(row.stored.seq)?.tellings ?? [])
  if (tellings.length === 0) return {}
  const isKnown = (telling: Telling) => saysWho(record, telling.by.one.record) || (isTold && isOfNoOther(row, telling))
  const user = isName(record['UserId'] ?? null) ? namedBy(tellings, isKnown) : undefined
  const said = (isTold ? [] : besides.filter(({ areRows }) => areRows))
    .flatMap(({ classOf }) => onlyOne(classOf.get(row.stored.seq)?.tellings ?? []) ?? [])
    .filter((telling) => isOfNoOther(row, telling))
    .map(({ by }) => by.one)
    .toSorted((a, b) => (a.stored.id < b.stored.id ? 1 : -1))
    .flatMap((other) => Object.entries(other.record))
  const missing = said.filter(([name, value]) => record[name] === undefined && !isTypeName(valueText(value) ?? ''))
  return Object.fromEntries([...missing, ...(user === undefined ? [] : [['UserId', user] as const])])
}

function onlyOne([telling, ...more]: readonly Telling[]): Telling | undefined {
  return more.length === 0 && telling?.by.all.length === 1 ? telling : undefined
}

/** Whether this tells the row, and nothing that stands beside it. */
function isOfNoOther(row: Row, { told }: Telling): boolean {
  const isBeside = besides(row)
  let count = 0
  return told.every(({ one, all }) => {
    if (isBeside(one)) count += all.length
    return count <= 1
  })
}

/** What those that have more than a name of him call somebody, where they are of one mind, and it is known of each that he is meant. */
function namedBy(tellings: readonly Telling[], isKnown: (telling: Telling) => boolean): string | undefined {
  const naming = tellings.filter(({ by }) => !isName(plain(by.one.record['UserId'])))
  const users = new Set(naming.map(({ by }) => plain(by.one.record['UserId'])))
  const [user] = users
  return users.size === 1 && naming.every(isKnown) ? user : undefined
}

/** Whether both say by what a name cannot be another's that it was the same person. */
function saysWho(record: JsonObject, other: JsonObject): boolean {
  return ['LogonUserSid', 'SessionId'].some((id) => plain(record[id]) !== '' && plain(record[id]) === plain(other[id]))
}

function isName(user: Json): boolean {
  return typeof user !== 'string' || !user.includes('@')
}
