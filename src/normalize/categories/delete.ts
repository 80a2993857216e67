import type { Category } from '../table.ts'

export const deletion: Category = {
  name: 'delete',
  ecs: { category: ['email'], type: ['deletion'] },
  activity: { operations: { Delete: {}, DeleteFromInbox: {}, DeleteFolder: {} } },
}
