import { folderFields } from '../audit/folders.ts'
import type { Category } from '../table.ts'
import { plain } from './rows.ts'

export const deletion: Category = {
  name: 'delete',
  ecs: { category: ['email'], type: ['deletion'] },
  activity: { operations: { Delete: {}, DeleteFromInbox: {}, DeleteFolder: {} } },
  audit: [
    {
      fields: folderFields,
      operations: plain('MoveToDeletedItems, SoftDelete, HardDelete, RecordDelete, SearchResultsPurged'),
    },
    { ecs: { category: [], type: ['deletion'] }, operations: plain('MessageDeleted, ChatDeleted') }, // In Teams.
  ],
}
