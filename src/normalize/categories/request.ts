import type { Category } from '../table.ts'
import { configurationParts, emailParts, fileParts, iamParts, partsOf, plain } from './rows.ts'

/**
 * What was asked of Microsoft Graph. A category of its own, whatever was asked for: the audit log may record what the request did, and who
 * counts mails read or rules made counts that there.
 */
export const request: Category = {
  name: 'request',
  ecs: { category: [], type: ['access'] },
  request: [
    { operations: plain('other reading, search without words') },
    { ecs: { category: [], type: ['info'] }, operations: plain('other request, batch') },
    ...emailParts({
      access: 'open mail, open mail without body, list mails, list mails without bodies, open attachment',
      info: 'send mail',
      creation: 'draft mail',
      change: 'change mail, move mail',
      deletion: 'delete mail',
    }),
    ...partsOf('email', 'configuration')({ change: 'change rules' }),
    ...configurationParts({ change: 'change mailbox settings', creation: 'subscribe' }),
    ...fileParts({ access: 'open file', change: 'change file, share file' }),
    ...iamParts({ change: 'change application', 'user change': 'change account', 'admin change': 'change role' }),
  ],
}
