import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { sayings, sessionTold } from '../entry.ts'
import { query } from '../query.ts'
import { recordShapes } from '../shape-names.ts'
import { listed } from './neighbours.ts'
import { cellsOf } from './packed-sql.ts'

const { row, fullness, content } = cellsOf('event', 'value')
const shapeOf = (evidence: string) => `(select shape from evidence where id = ${evidence})`
/** What two shapes say in words of their own differs without saying anything else: but for those that have records as Microsoft wrote them. */
const wordingOf = (evidence: string) =>
  `(select iif(shape in ${listed(recordShapes)}, '~', shape) from evidence where id = ${evidence})`

/** Of a copy, in SQL. */
interface Named {
  readonly fullness: string
  readonly evidence: string
}
const coming: Named = { fullness, evidence: ':evidence' }

const saysAsMuch = (one: Named) => `${one.fullness} / ${sayings} = e.fullness / ${sayings}`

/**
 * Whether an entry is to stand instead of the event `e` of its id, in SQL, so that the same does in whatever order they come: what says more; of what
 * says as much what has Microsoft's words, then the greater hash, then the greater text. The texts of two shapes always differ where they say the same:
 * putting each in the other's place would take as long as storing it. Events of older cases have no hash.
 */
export const isBetter = `case when not ${saysAsMuch(coming)} then ${fullness} > e.fullness
  when ${fullness} = e.fullness or ${isUnknown('e.fullness')} then ${content} > e.content and ${shapeOf('e.evidence')} = ${shapeOf(':evidence')}
  else (${wordingOf(':evidence')}, ${fullness}) > (${wordingOf('e.evidence')}, e.fullness) end`

/**
 * Whether an entry and the event `e` of its id are copies of which the document tells both, in SQL: they say as much and not the same, or one alone
 * tells a sign-in's session, or how its token came to another device. Entra writes a sign-in again with its risk, and without that.
 */
export const isOtherCopy = `${fullness} > 0 and e.fullness > 0 and ${fullness} <> e.fullness and ${isTold(coming)}`

// Times of what a trace was asked for differ without saying anything else.
function isTold(one: Named): string {
  return `(${saysAsMuch(one)} and e.dataset in ('o365.audit', 'azure.signinlogs') and not ${isUnknown('e.fullness')} and not ${isUnknown(one.fullness)}
    and ${wordingOf(one.evidence)} = ${wordingOf('e.evidence')}
  or e.dataset = 'azure.signinlogs' and ${rank(one.fullness)} <> ${rank('e.fullness')})`
}

/** Whether what a copy says was not noted, as in cases of before. */
function isUnknown(fullness: string): string {
  return `(${fullness} % ${sayings} = 0)`
}

/** What two copies of a sign-in differ by that differ by more than fields. */
function rank(fullness: string): string {
  return `(${fullness} / ${sessionTold * sayings})`
}

/** What a record tells that does not stand in its event. */
export interface OtherCopy<Evidence> {
  readonly content: string
  readonly row: number
  readonly evidence: Evidence
  /** Whether it says as much as the one that stands, and not the same. */
  readonly isAsFull: boolean
  /** Of copies of one rank the first says what others may: whether the rest was kept depends on which came first. */
  readonly rank: number
}

/** Keeps the copies that documents tell beside the one that stands. */
export function otherCopiesKeeper(db: DatabaseSync) {
  const into = 'insert into other_copy (event, fullness, evidence, row, content)'
  const conflict = `on conflict do update set (evidence, row, content) = (excluded.evidence, excluded.row, excluded.content)
    where excluded.content > other_copy.content`
  const keepComing = db.prepare(
    `${into} select :seq, ${fullness}, :evidence, ${row}, ${content} from json_each(:rows) where true ${conflict}`,
  )
  keepComing.setAllowUnknownNamedParameters(true)
  const keepStanding = db.prepare(
    `${into} select seq, fullness, evidence, row, content from event where seq = ? ${conflict}`,
  )
  return {
    /** The one entry that `rows` names. Tells whether it was not there yet. */
    keepComing: (rows: Record<string, SQLInputValue>, seq: number) => keepComing.run({ ...rows, seq }).changes > 0,
    /** The record that stands in the event, before another takes its place. */
    keepStanding: (seq: number) => keepStanding.run(seq),
  }
}

const kept: Named = { fullness: 'o.fullness', evidence: 'o.evidence' }
type Row = { content: string; row: number; evidence: number; isAsFull: number; rank: number }

/** The copies of one event that its document tells beside the one that stands, the fullest first. Of those that did before a fuller one came some may be left. */
export function otherCopiesIn<Evidence>(
  db: DatabaseSync,
  evidenceOf: (id: number) => Evidence,
): (seq: number) => readonly OtherCopy<Evidence>[] {
  const select = query<Row>(
    db,
    `select o.content, o.row, o.evidence, ${saysAsMuch(kept)} as isAsFull, ${rank(kept.fullness)} as rank
    from other_copy o join event e on e.seq = o.event where o.event = ? and o.fullness <> e.fullness and ${isTold(kept)}
    order by o.fullness / ${sayings} desc, ${wordingOf(kept.evidence)} desc, o.fullness desc`,
  )
  return (seq) =>
    select
      .all(seq)
      .map(({ evidence, isAsFull, ...copy }) => ({ ...copy, evidence: evidenceOf(evidence), isAsFull: isAsFull === 1 }))
}
