import type { Category } from '../table.ts'

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
}
