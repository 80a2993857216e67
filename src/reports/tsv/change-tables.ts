import type { CategoryName } from '../../document.ts'
import * as change from '../changes.ts'
import { auditText } from '../raw.ts'
import { joined, userOf } from '../said.ts'
import { attribution, mail, of, origin, outcome, platform, reason, when } from './columns.ts'
import type { Columns, TsvTable } from './table.ts'

const who: Columns = {
  User: of(userOf),
  'Source IP': of((document) => document['source.ip'] ?? document['source.address']),
  Platform: platform,
  Client: of((document) => document['user_agent.original']),
  Outcome: outcome,
}
const operation: Columns = { ...when, Operation: of((document) => document['event.action']) }
const rest: Columns = { Reason: reason, ...attribution, ...origin }
const parameters: Columns = { Parameters: of(change.changesOf) }

/** What was changed in mailboxes, accounts and the organization, and what was done with files: a table for each kind. */
export const changeTables: readonly TsvTable[] = [
  changes(
    'rules',
    'rule',
    {
      Rule: of(change.ruleName),
      'In Words': of(change.ruleText),
      Conditions: of(change.ruleConditions),
      Actions: of(change.ruleActions),
      'Forwards To': of(change.forwardedTo),
    },
    parameters,
  ),
  changes(
    'forwarding',
    'forward',
    {
      Object: of(change.objectOf),
      'Forwards To': of(change.forwardedTo),
      'Keeps A Copy': of(change.keepsCopy),
      'In Words': of(change.ruleText),
    },
    parameters,
  ),
  changes(
    'permissions',
    'permission',
    {
      Object: of(change.permissionObject),
      Grantee: of(change.grantee),
      Rights: of(change.rights),
      'In Words': of(change.permissionText),
    },
    parameters,
  ),
  changes(
    'consent',
    'consent',
    {
      Application: of(change.applicationOf),
      Permissions: of(change.scopesOf),
      'For Whom': of(change.consentScope),
    },
    { Changes: of(change.changesOf) },
  ),
  changes('account-changes', 'account', { Account: of(change.accountOf), Changes: of(change.changesOf) }),
  changes('admin', 'admin', { Object: of(change.objectOf), Changes: of(change.changesOf) }),
  fileTable('files', 'file', {}),
  fileTable('sharing', 'share', { 'Shared With': of(change.sharedWith) }),
  {
    name: 'copilot-activity',
    category: 'copilot',
    columns: {
      ...operation,
      'App Host': of((document) => document['hoofprint.copilot.host']),
      Resources: of((document) => joined(document['hoofprint.copilot.resources'])),
      'Resource Count': of((document) => document['hoofprint.copilot.resources']?.length ?? 0),
      Addresses: of((document) => joined(document['hoofprint.copilot.addresses'])),
      Refused: of((document) => joined(document['hoofprint.copilot.refused'])),
      'Open Beside It': of((document) => joined(document['hoofprint.copilot.contexts'])),
      Thread: of((document) => document['hoofprint.copilot.thread']),
      ...who,
      ...attribution,
      ...origin,
    },
  },
  changes('alerts', 'alert', { Alert: of(change.alertName), About: of(change.alertText) }, mail),
]

/** A table of what was done: its own columns stand before who did it, others behind. */
function changes(name: string, category: CategoryName, own: Columns, behind: Columns = {}): TsvTable {
  const columns = { ...operation, ...own, ...who, ...behind, ...rest }
  return { name: `${name}-activity`, category, columns }
}

/** A table of files, in which `File` is what was touched, so the evidence has another name. */
function fileTable(name: string, category: CategoryName, own: Columns): TsvTable {
  const { File, Row, ...others } = origin
  const touched: Columns = { File: of(change.fileOf), ...own, Site: of((document) => auditText(document, 'SiteUrl')) }
  const evidence = { 'Evidence File': File as Columns[string], 'Evidence Row': Row as Columns[string] }
  const columns = { ...operation, ...touched, ...who, ...attribution, ...others, ...evidence }
  return { name: `${name}-activity`, category, columns }
}
