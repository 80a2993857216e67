import type { Dashboard } from '../dashboard.ts'
import { ingestHealth } from './ingest-health.ts'
import { logonDashboard } from './logons.ts'
import { mailRead } from './mail-read.ts'
import { mailboxChanges } from './mailbox-changes.ts'
import { overview } from './overview.ts'
import { searchDashboard } from './searches.ts'

/** Every dashboard, in the order of the links between them. */
export const dashboards: readonly Dashboard[] = [
  overview,
  logonDashboard,
  searchDashboard,
  mailRead,
  mailboxChanges,
  ingestHealth,
]
