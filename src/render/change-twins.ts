import { isObject, type Json, type JsonObject } from '../activity.ts'
import type { CaseReader, StoredActivity } from '../case/reader.ts'
import { inLists } from '../concurrency.ts'
import { isGuid, isNobodys } from '../guid.ts'
import { plainOperation } from '../microsoft/operation-name.ts'
import { changeTables, directoryLogs } from '../shape-names.ts'
import { restore } from '../sources/files/digest.ts'

/** What of a record of a change of the directory tells whether another is of the same change. */
interface Change {
  readonly seq: number
  readonly time: number
  readonly id: string
  readonly log: Log
  /** What the caller named the request, and both logs with it; in lower case. */
  readonly correlation: string
  readonly operation: string
  /** What it was done to: the first is what was changed. */
  readonly targets: readonly string[]
  readonly hasAddress: boolean
}

/** Which log tells it: the unified audit log, Entra's own, or that as the portal's CSV, which has no ids. */
type Log = (typeof logs)[number]
const logs = ['audit', 'entra', 'portal'] as const

/**
 * Which of these activities are changes of the directory that another record of the case tells as well or better, as `seq`. The unified audit
 * log and Entra's have no id in common (seen: OTRF Security-Datasets, "Add delegated permission grant", where only time and operation are), so one change is
 * proven by all of this: the same correlation id, which is random (`InterSystemsId` there, `correlationId` here), operation, second and target. Whichever names an
 * address counts, else that of the audit log; of several alike as many as the other log has.
 */
export function toldElsewhere(
  activities: readonly StoredActivity[],
  reader: Pick<CaseReader, 'neighbours' | 'activities'>,
): ReadonlySet<number> {
  // Of activities that cannot be changes nothing is asked: in a case of Outlook activities that is all of them.
  if (!activities.some(({ dataset }) => dataset === 'o365.audit') || !reader.neighbours.hasDirectoryAudits())
    return none
  const changes = activities.map(changeOf).filter((change) => change !== undefined)
  if (changes.length === 0) return none
  const known = new Map(changes.map((change) => [change.seq, change]))
  // Whoever changes thousands does it to a hundred in a second: what is near these is asked for once, and each record read once.
  const moments = [...Map.groupBy(changes, ({ time, operation }) => `${time} ${operation}`).values()]
  const near = reader.neighbours.near(moments.flatMap(([one]) => one ?? []))
  const others = [...new Set(near.map(({ seq }) => seq))].filter((seq) => !known.has(seq))
  for (const seqs of inLists(others, () => readAtOnce)) {
    for (const change of reader.activities({ seqs }).map(changeOf))
      if (change !== undefined) known.set(change.seq, change)
  }
  const around = Map.groupBy(near, ({ of }) => of)
  const told = moments.flatMap((own, i) => {
    const found = (around.get(i) ?? []).flatMap(({ seq }) => known.get(seq) ?? [])
    const ofRequest = Map.groupBy(found, ({ correlation }) => correlation)
    return own.filter((change) => isTold(change, ofRequest.get(change.correlation) ?? []))
  })
  return new Set(told.map(({ seq }) => seq))
}

const none: ReadonlySet<number> = new Set()
const readAtOnce = 256

// Changes say their correlation id under one of these names; a row of a CSV has it without a name.
const naming = /InterSystemsId|orrelation_?[Ii]d/
// The audit log's sign-ins have one, too, which clients use for many.
const signIns = /^UserLog/

function changeOf(stored: StoredActivity): Change | undefined {
  const { seq, dataset, time, id, operation, content, evidence } = stored
  if (dataset !== 'o365.audit' || signIns.test(operation)) return undefined
  if (!naming.test(content) && !changeTables.includes(evidence.format.shape)) return undefined
  const { record, source } = restore(evidence.format, content, dataset)
  const correlation = textIn(record, 'InterSystemsId')
  if (correlation === undefined || !isGuid(correlation) || isNobodys(correlation)) return undefined
  return {
    seq,
    time,
    id,
    correlation: correlation.toLowerCase(),
    operation: plainOperation(operation),
    log: logOf(id, record, source),
    targets: targetsOf(record),
    hasAddress: addresses.some((name) => textIn(record, name) !== undefined),
  }
}

const addresses = ['ClientIP', 'ActorIpAddress']
const hashed = /^[0-9a-f]{32}$/

/** Tables need not have the service's column. */
function logOf(id: string, record: JsonObject, source: string): Log {
  if (record['LoggedByService'] === undefined && !directoryLogs.includes(source)) return 'audit'
  return hashed.test(id) ? 'portal' : 'entra'
}

/** The audit log writes `User_<id>`, too. */
function targetsOf(record: JsonObject): readonly string[] {
  const list = Array.isArray(record['Target']) ? record['Target'] : []
  const named = list.map((one) => (isObject(one) ? textIn(one, 'ID') : undefined))
  return [...named, textIn(record, 'ObjectId')].flatMap((name) => (name === undefined ? [] : [name.toLowerCase()]))
}

function textIn(record: JsonObject, name: string): string | undefined {
  const value: Json | undefined = record[name]
  return typeof value === 'string' && value.trim() !== '' && value !== '<null>' ? value : undefined
}

/** Whether other logs tell it, and it is none of those that they do not have. */
function isTold(change: Change, found: readonly Change[]): boolean {
  const same = found.filter((other) => isOfSame(change, other))
  const before = same.filter((other) => other.log === change.log && isBefore(other, change)).length
  return logs.some((log) => {
    const others = same.filter((other) => other.log === log && log !== change.log)
    return others.some((other) => counts(other, change)) && before < others.length
  })
}

function isOfSame(a: Change, b: Change): boolean {
  if (a.targets.length === 0 || b.targets.length === 0) return a.targets.length === b.targets.length
  // What stands first is what was changed; the rest may be shared, as a group is of all who are added to it.
  const [first = '', other = ''] = [a.targets[0], b.targets[0]]
  return b.targets.includes(first) || a.targets.includes(other)
}

function isBefore(a: Change, b: Change): boolean {
  return a.time < b.time || (a.time === b.time && a.id < b.id)
}

/** Whether `a` counts where both are of one change. */
function counts(a: Change, b: Change): boolean {
  return a.hasAddress === b.hasAddress ? logs.indexOf(a.log) < logs.indexOf(b.log) : a.hasAddress
}
