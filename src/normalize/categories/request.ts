import type { Category } from '../table.ts'
import { plain } from './rows.ts'

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
    {
      ecs: { category: ['email'], type: ['access'] },
      operations: plain('open mail, open mail without body, list mails, list mails without bodies, open attachment'),
    },
    { ecs: { category: ['email'], type: ['info'] }, operations: plain('send mail') },
    { ecs: { category: ['email'], type: ['creation'] }, operations: plain('draft mail') },
    { ecs: { category: ['email'], type: ['change'] }, operations: plain('change mail, move mail') },
    { ecs: { category: ['email'], type: ['deletion'] }, operations: plain('delete mail') },
    { ecs: { category: ['email', 'configuration'], type: ['change'] }, operations: plain('change rules') },
    { ecs: { category: ['configuration'], type: ['change'] }, operations: plain('change mailbox settings') },
    { ecs: { category: ['configuration'], type: ['creation'] }, operations: plain('subscribe') },
    { ecs: { category: ['file'], type: ['access'] }, operations: plain('open file') },
    { ecs: { category: ['file'], type: ['change'] }, operations: plain('change file, share file') },
    { ecs: { category: ['iam'], type: ['change'] }, operations: plain('change application') },
    { ecs: { category: ['iam'], type: ['user', 'change'] }, operations: plain('change account') },
    { ecs: { category: ['iam'], type: ['admin', 'change'] }, operations: plain('change role') },
  ],
}
