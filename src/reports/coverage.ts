import { absent } from './coverage/absent.ts'
import { auditingChanged, unrecordedReads, unrecordedSearches } from './coverage/auditing.ts'
import type { Check, CoverageFact, Covered } from './coverage/check.ts'
import { cutFiles, incomplete, lost, otherEncodings, rejected, skipped, unread } from './coverage/files.ts'
import { busy, nameless, repeated, synchronized, throttled, unsaid } from './coverage/mail-access.ts'
import { portal, requested } from './coverage/requests.ts'
import {
  attribution,
  doubled,
  doubledChanges,
  doubledMailbox,
  mailboxLogins,
  retold,
  services,
  shared,
  subjects,
  truncated,
  unknown,
} from './coverage/sureness.ts'
import { eitherDates, late, localTimes, retention, shownTimes, silent } from './coverage/times.ts'

const severities: readonly CoverageFact['severity'][] = ['gap', 'warning', 'info']

/** What the evidence lacks or may lack, and how sure its attributions are; the gravest first. */
export function coverageFacts(report: Covered): CoverageFact[] {
  const facts = checks.flatMap((check) => check(report))
  return facts.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}

const checks: readonly Check[] = [
  ...[
    auditingChanged,
    unread,
    lost,
    rejected,
    incomplete,
    unrecordedReads,
    throttled,
    nameless,
    unsaid,
    truncated,
    absent,
    skipped,
  ],
  ...[
    shared,
    unrecordedSearches,
    localTimes,
    shownTimes,
    eitherDates,
    otherEncodings,
    cutFiles,
    busy,
    synchronized,
    repeated,
    requested,
    portal,
    unknown,
    attribution,
    subjects,
    services,
  ],
  ...[doubled, mailboxLogins, doubledChanges, doubledMailbox, retold, silent, retention, late],
]
