import {
  accountOf,
  alertName,
  alertText,
  applicationOf,
  changesOf,
  consentScope,
  fileOf,
  forwardedTo,
  grantee,
  keepsCopy,
  objectOf,
  permissionObject,
  permissionText,
  rights,
  ruleActions,
  ruleConditions,
  ruleName,
  ruleText,
  scopesOf,
  sharedWith,
} from '../changes.ts'
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
const parameters: Columns = { Parameters: of(changesOf) }

/** What was changed in mailboxes, accounts and the organization, and what was done with files: a table for each kind. */
export const changeTables: readonly TsvTable[] = [
  {
    name: 'rules-activity',
    category: 'rule',
    columns: {
      ...operation,
      Rule: of(ruleName),
      'In Words': of(ruleText),
      Conditions: of(ruleConditions),
      Actions: of(ruleActions),
      'Forwards To': of(forwardedTo),
      ...who,
      ...parameters,
      ...rest,
    },
  },
  {
    name: 'forwarding-activity',
    category: 'forward',
    columns: {
      ...operation,
      Object: of(objectOf),
      'Forwards To': of(forwardedTo),
      'Keeps A Copy': of(keepsCopy),
      'In Words': of(ruleText),
      ...who,
      ...parameters,
      ...rest,
    },
  },
  {
    name: 'permissions-activity',
    category: 'permission',
    columns: {
      ...operation,
      Object: of(permissionObject),
      Grantee: of(grantee),
      Rights: of(rights),
      'In Words': of(permissionText),
      ...who,
      ...parameters,
      ...rest,
    },
  },
  {
    name: 'consent-activity',
    category: 'consent',
    columns: {
      ...operation,
      Application: of(applicationOf),
      Permissions: of(scopesOf),
      'For Whom': of(consentScope),
      ...who,
      Changes: of(changesOf),
      ...rest,
    },
  },
  {
    name: 'account-changes-activity',
    category: 'account',
    columns: { ...operation, Account: of(accountOf), Changes: of(changesOf), ...who, ...rest },
  },
  {
    name: 'admin-activity',
    category: 'admin',
    columns: { ...operation, Object: of(objectOf), Changes: of(changesOf), ...who, ...rest },
  },
  {
    name: 'files-activity',
    category: 'file',
    columns: {
      ...operation,
      File: of(fileOf),
      Site: of((document) => auditText(document, 'SiteUrl')),
      ...who,
      ...attribution,
      ...renamed(origin),
    },
  },
  {
    name: 'sharing-activity',
    category: 'share',
    columns: {
      ...operation,
      File: of(fileOf),
      'Shared With': of(sharedWith),
      Site: of((document) => auditText(document, 'SiteUrl')),
      ...who,
      ...attribution,
      ...renamed(origin),
    },
  },
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
  {
    name: 'alerts-activity',
    category: 'alert',
    columns: { ...operation, Alert: of(alertName), About: of(alertText), ...who, ...mail, ...rest },
  },
]

/** In tables of files `File` is what was touched, so the evidence has another name. */
function renamed({ File, Row, ...others }: Columns): Columns {
  return { ...others, 'Evidence File': File as Columns[string], 'Evidence Row': Row as Columns[string] }
}
