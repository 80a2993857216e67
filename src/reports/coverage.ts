import * as absence from './coverage/absent.ts'
import type { Check, CoverageFact, Covered } from './coverage/check.ts'
import * as files from './coverage/files.ts'
import * as access from './coverage/mail-access.ts'
import * as sureness from './coverage/sureness.ts'
import * as times from './coverage/times.ts'

const severities: readonly CoverageFact['severity'][] = ['gap', 'warning', 'info']

/** What the evidence lacks or may lack, and how sure its attributions are; the gravest first. */
export function coverageFacts(report: Covered): CoverageFact[] {
  const facts = checks.flatMap((check) => check(report))
  return facts.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}

const checks: readonly Check[] = [
  ...[files.altered, files.forgotten],
  absence.auditingChanged,
  ...[files.unread, files.behind, files.lost, files.rejected, files.incomplete],
  absence.listedUnrecorded,
  ...[absence.unrecordedReads, absence.partlyRecordedReads],
  ...[access.throttled, access.nameless, access.unnamed, access.unsaid, access.opened],
  sureness.unnamedMailboxes,
  sureness.truncated,
  sureness.withheld,
  sureness.toldOtherwise,
  absence.absent,
  ...[files.skipped, files.byOthers, files.changedFiles],
  ...[sureness.shared, sureness.unmarked],
  absence.unrecordedSearches,
  ...[times.localTimes, times.shownTimes, times.eitherDates],
  ...[files.otherEncodings, files.cutFiles],
  ...[access.busy, access.synchronized, access.repeated, access.failed, access.requested, access.portal],
  ...[sureness.unknown, sureness.attribution, sureness.subjects, sureness.services],
  ...[
    sureness.doubled,
    sureness.mailboxLogins,
    sureness.doubledChanges,
    sureness.doubledMailbox,
    sureness.doubledActivities,
    sureness.retold,
  ],
  ...[times.emptyDays, times.silent, times.retention, times.late],
]
