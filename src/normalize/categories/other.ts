import type { Category } from '../table.ts'

/** What is known and answers none of the questions. An operation that no table knows lands here too, and is counted. */
export const other: Category = {
  name: 'other',
  ecs: { category: [], type: ['info'] },
  activity: {
    operations: {
      ContactCreated: { 'event.type': ['creation'] },
      Error: { 'event.outcome': 'failure' },
      GetUserUnifiedGroups: {},
    },
  },
}
