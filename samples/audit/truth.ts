import type { Evidence } from './evidence.ts'
import type { Story, Told } from './story.ts'
import { owners, tenant } from './tenant.ts'
import { changeTruth, fileTruth, searchTruth } from './truth/changes.ts'
import { countBy, iso, mapBy } from './truth/counting.ts'
import { logonTruth } from './truth/logons.ts'
import { mailTruth, readTruth } from './truth/mail.ts'
import { hourTruth, intruderTruth, sessionTruth } from './truth/sessions.ts'

/** What the evidence really holds: counted from what the story said of each record, never read from a file. */
export function tellTruth(story: Story, evidence: Evidence) {
  const { files, gaps, told, signIns, traces } = evidence
  return {
    tenant: { id: tenant.id, domain: tenant.domain, mailboxes: owners.map(({ upn }) => upn) },
    first: iso(Math.min(...told.map(({ time }) => time))),
    last: iso(Math.max(...told.map(({ time }) => time))),
    distinct: {
      audit: told.length,
      signIns: signIns.length,
      messageTrace: traces.length,
      all: told.length + signIns.length + traces.length,
    },
    // What happened and is in no file.
    auditLost: {
      records: lost(story, evidence).length,
      byDay: countBy(lost(story, evidence), ({ time }) => iso(time).slice(0, 10)),
    },
    files: files.map(({ path, shape, ids }) => {
      const distinct = new Set(ids).size
      return { path, shape, rows: ids.length, distinct, repeats: ids.length - distinct }
    }),
    gaps,
    throttled: story.throttles.map(({ mailbox, from, to, suppressed }) => ({
      mailbox,
      from: iso(from),
      to: iso(to),
      readsNotWritten: suppressed,
    })),
    byCategory: countBy(told, ({ fact }) => fact.category),
    byOperation: countBy(told, ({ record }) => record.Operation),
    byActor: mapBy(
      told,
      ({ fact }) => fact.actor,
      (group) => countBy(group, ({ fact }) => fact.category),
    ),
    messageTrace: { byStatus: countBy(traces, ({ status }) => status) },
    logons: logonTruth(evidence),
    searches: searchTruth(evidence),
    reads: readTruth(evidence),
    ...mailTruth(evidence),
    fileUse: fileTruth(evidence),
    changes: changeTruth(evidence),
    intruder: intruderTruth(evidence),
    hoursByMailbox: hourTruth(evidence),
    sessions: sessionTruth(evidence),
  }
}

function lost(story: Story, { told }: Evidence): Told[] {
  const kept = new Set(told)
  return story.told.filter((one) => !kept.has(one))
}
