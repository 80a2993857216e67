import type { Evidence } from '../evidence.ts'
import type { Actor, Outcome } from '../fact.ts'
import { interrupts } from '../logon-records.ts'
import { placeOf } from '../places.ts'
import { countBy, iso, mapBy, unique } from './counting.ts'

type Logon = {
  id: string
  time: number
  user: string
  ip: string
  actor: Actor
  outcome: Outcome
  reason: string
  operation: string
}

/** Logons as the audit log tells them, as the sign-in logs do, and how many stand in both. */
export function logonTruth({ told, signIns }: Evidence) {
  const audit = told.flatMap(({ time, record, fact }): Logon[] => {
    const { logon, user, ip = '', actor } = fact
    return logon === undefined ? [] : [{ id: record.Id, time, user, ip, actor, operation: record.Operation, ...logon }]
  })
  const portal = signIns.map(({ id, time, code, visit }): Logon => {
    const { account, ip, actor } = visit
    return { id, time, user: account.upn, ip, actor, outcome: outcomeOf(code), reason: code, operation: 'sign-in' }
  })
  const ids = new Set(audit.map(({ id }) => id))
  const both = portal.filter(({ id }) => ids.has(id)).length
  return {
    audit: tellLogons(audit),
    signIns: tellLogons(portal),
    // Only the sign-in logs tell where an address is.
    countries: mapBy(
      signIns,
      ({ visit }) => visit.ip,
      ([first]) => (first === undefined ? '' : placeOf(first.visit.ip).country),
    ),
    inBoth: both,
    distinct: audit.length + portal.length - both,
  }
}

function tellLogons(logons: Logon[]) {
  return {
    records: logons.length,
    outcomes: outcomes(logons),
    byAddress: mapBy(
      logons,
      ({ ip }) => ip,
      (group) => ({
        actors: unique(group.map(({ actor }) => actor)),
        ...outcomes(group),
        first: iso(Math.min(...group.map(({ time }) => time))),
        last: iso(Math.max(...group.map(({ time }) => time))),
      }),
    ),
    byUser: mapBy(logons, ({ user }) => user, outcomes),
    byReason: mapBy(logons, ({ reason }) => reason, outcomes),
    byOperation: mapBy(
      logons,
      ({ operation }) => operation,
      (group) => countBy(group, ({ reason }) => reason),
    ),
  }
}

function outcomes(logons: Logon[]) {
  const count = (outcome: Outcome) => logons.filter((logon) => logon.outcome === outcome).length
  return { success: count('success'), failure: count('failure'), unknown: count('unknown') }
}

function outcomeOf(code: string): Outcome {
  if (code === '0') return 'success'
  return interrupts.some((interrupt) => interrupt === code) ? 'unknown' : 'failure'
}
