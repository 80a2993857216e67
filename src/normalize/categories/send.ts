import { actorParts } from '../audit/people.ts'
import type { Category, Reader } from '../table.ts'

const actorAddress: Reader<string> = (record, activity) => actorParts(record, activity)?.join('@')

export const send: Category = {
  name: 'send',
  ecs: { category: ['email'], type: ['info'] },
  activity: {
    operations: {
      MessageSent: {},
      RemoteSend: {},
      // Begun, and perhaps never sent: what is sent has a record of its own. The mail that they name is the one answered.
      Reply: { 'event.type': ['creation'] },
      ReplyAll: { 'event.type': ['creation'] },
      Forward: { 'event.type': ['creation'] },
      NewMessage: { 'event.type': ['creation'] },
      DraftCreated: { 'event.type': ['creation'] },
    },
  },
  audit: [
    {
      operations: {
        Send: {},
        SendAs: { 'email.sender.address': actorAddress },
        SendOnBehalf: { 'email.sender.address': actorAddress },
        'Create in Drafts': { 'event.type': ['creation'] },
      },
    },
  ],
}
