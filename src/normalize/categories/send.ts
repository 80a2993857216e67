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
      Reply: {},
      ReplyAll: {},
      Forward: {},
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
