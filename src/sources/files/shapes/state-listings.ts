import { accounts, applicationCredentials } from './accounts.ts'
import { grants } from './grants.ts'
import { graphMessageRules, inboxRules } from './inbox-rules.ts'
import { mailboxPermissions } from './mailbox-permissions.ts'
import { mailboxes } from './mailboxes.ts'
import type { CsvShape, JsonShape } from './shape.ts'
import { transportRules } from './transport-rules.ts'

const both = [...inboxRules, ...mailboxes, ...grants, ...mailboxPermissions, ...transportRules, ...accounts]

/** Every shape of rows that tell how things stood on a day. */
export const stateCsv: readonly CsvShape[] = both.map(({ csv }) => csv)
/** Every shape of JSON records that do. */
export const stateJson: readonly JsonShape[] = [
  ...both.map(({ json }) => json),
  graphMessageRules,
  applicationCredentials,
]
