import { actorParts } from '../audit/people.ts'
import type { Category, Reader } from '../table.ts'
import { plain, rows } from './rows.ts'

const actorAddress: Reader<string> = (record, activity) => actorParts(record, activity)?.join('@')

export const send: Category = {
  name: 'send',
  ecs: { category: ['email'], type: ['info'] },
  activity: {
    operations: {
      ...plain('MessageSent, RemoteSend'),
      // Begun, and perhaps never sent: what is sent has a record of its own. The mail that they name is the one answered.
      ...rows({ 'event.type': ['creation'] }, 'Reply, ReplyAll, Forward, NewMessage, DraftCreated'),
    },
  },
  audit: [
    {
      operations: {
        ...plain('Send'),
        ...rows({ 'email.sender.address': actorAddress }, 'SendAs, SendOnBehalf'),
        'Create in Drafts': { 'event.type': ['creation'] },
      },
    },
  ],
}
