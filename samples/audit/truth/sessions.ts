import { hour } from '../clock.ts'
import type { Evidence } from '../evidence.ts'
import type { Told } from '../story.ts'
import { intrudersApplication, owners } from '../tenant.ts'
import { countBy, iso, mapBy, unique } from './counting.ts'

/** Every session, with its owner, its addresses, from when to when, and what was done in it. */
export function sessionTruth({ told }: Evidence) {
  return mapBy(
    told.filter(({ fact }) => fact.session !== undefined),
    ({ fact }) => fact.session ?? '',
    tellSession,
  )
}

/** Which addresses, sessions and accounts were the intruder's. */
export function intruderTruth({ told }: Evidence) {
  const theirs = told.filter(({ fact }) => fact.actor === 'intruder')
  const succeeded = theirs.filter(({ fact }) => fact.logon?.outcome === 'success')
  const inside = new Set(unique(theirs.map(({ fact }) => fact.session)))
  return {
    records: theirs.length,
    byCategory: countBy(theirs, ({ fact }) => fact.category),
    first: iso(Math.min(...theirs.map(({ time }) => time))),
    last: iso(Math.max(...theirs.map(({ time }) => time))),
    addresses: unique(theirs.map(({ fact }) => fact.ip)),
    addressesThatLoggedOn: unique(succeeded.map(({ fact }) => fact.ip)),
    sessions: [...inside],
    accounts: unique(succeeded.map(({ fact }) => fact.user)),
    application: intrudersApplication,
  }
}

/** Hours, UTC, in which the evidence has at least one record that bears the mailbox's owner. */
export function hourTruth({ told }: Evidence) {
  return Object.fromEntries(
    owners.map(({ upn }) => {
      const records = told.filter(({ record }) => record['MailboxOwnerUPN'] === upn)
      const hours = new Set(records.map(({ time }) => Math.floor(time / hour)))
      return [upn, { records: records.length, hours: hours.size }]
    }),
  )
}

function tellSession(group: Told[]) {
  const mails = group.flatMap(({ fact }) => fact.read?.mails ?? [])
  return {
    actor: unique(group.map(({ fact }) => fact.actor)).join(' and '),
    user: unique(group.map(({ fact }) => fact.user)).join(' and '),
    addresses: unique(group.map(({ fact }) => fact.ip)),
    first: iso(Math.min(...group.map(({ time }) => time))),
    last: iso(Math.max(...group.map(({ time }) => time))),
    records: group.length,
    // The directory writes down what was done in a session without naming it.
    withoutSessionId: group.filter(({ record }) => record.RecordType === 8).length,
    byCategory: countBy(group, ({ fact }) => fact.category),
    messagesRead: unique(mails.map(({ messageId }) => messageId)).length,
  }
}
