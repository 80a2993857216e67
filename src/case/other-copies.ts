import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { sayings, sessionTold } from '../entry.ts'
import { query } from '../query.ts'
import { recordShapes } from '../shape-names.ts'
import { listed } from './neighbours.ts'
import { cellsOf } from './packed-sql.ts'

const { row, fullness, content } = cellsOf('event', 'value')

const shapeOf = (evidence: string) => `(select shape from evidence where id = ${evidence})`
const isRecords = (evidence: string) => `${shapeOf(evidence)} in ${listed(recordShapes)}`
// What two shapes say in words of their own differs without saying anything else; so do times of what a trace was asked for.
const isSaidAlike = `e.dataset in ('o365.audit', 'azure.signinlogs') and (${shapeOf('e.evidence')} = ${shapeOf(':evidence')}
  or ${isRecords('e.evidence')} and ${isRecords(':evidence')})`

/**
 * Whether an entry and the event `e` of its id are copies of which the document tells both, in SQL: they say as much and not the same, or one alone
 * tells a sign-in's session, or how its token came to another device. Entra writes a sign-in again with its risk, and without that.
 */
export const isOtherCopy = `${fullness} > 0 and e.fullness > 0 and ${fullness} <> e.fullness and (${fullness} / ${sayings} = e.fullness / ${sayings} and ${isSaidAlike}
  or e.dataset = 'azure.signinlogs' and ${rank(fullness)} <> ${rank('e.fullness')})`

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
  /** Of copies of one rank the fullest says what others may: whether the rest was kept depends on which came first. */
  readonly rank: number
}

/** Keeps the copies that documents tell beside the one that stands. */
export function otherCopiesKeeper(db: DatabaseSync) {
  const into = 'insert into other_copy (event, fullness, evidence, row, content)'
  const keepComing = db.prepare(
    `${into} select :seq, ${fullness}, :evidence, ${row}, ${content} from json_each(:rows) where true on conflict do nothing`,
  )
  keepComing.setAllowUnknownNamedParameters(true)
  const keepStanding = db.prepare(
    `${into} select seq, fullness, evidence, row, content from event where seq = ? on conflict do nothing`,
  )
  return {
    /** The one entry that `rows` names. */
    keepComing: (rows: Record<string, SQLInputValue>, seq: number) => keepComing.run({ ...rows, seq }),
    /** The record that stands in the event, before another takes its place. */
    keepStanding: (seq: number) => keepStanding.run(seq),
  }
}

type Row = { content: string; row: number; evidence: number; isAsFull: number; rank: number }

/** The copies of one event that its document tells beside the one that stands, the fullest first. */
export function otherCopiesIn<Evidence>(
  db: DatabaseSync,
  evidenceOf: (id: number) => Evidence,
): (seq: number) => readonly OtherCopy<Evidence>[] {
  const select = query<Row>(
    db,
    `select o.content, o.row, o.evidence, o.fullness / ${sayings} = e.fullness / ${sayings} as isAsFull, ${rank('o.fullness')} as rank
    from other_copy o join event e on e.seq = o.event where o.event = ? and o.fullness <> e.fullness order by o.fullness desc`,
  )
  return (seq) =>
    select
      .all(seq)
      .map(({ evidence, isAsFull, ...copy }) => ({ ...copy, evidence: evidenceOf(evidence), isAsFull: isAsFull === 1 }))
}
