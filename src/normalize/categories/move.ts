import { folderFields } from '../audit/folders.ts'
import type { Category } from '../table.ts'
import { plain, rows } from './rows.ts'

/** What changes a mail or a folder without deleting it: moved, copied, flagged, marked. */
export const move: Category = {
  name: 'move',
  ecs: { category: ['email'], type: ['change'] },
  activity: {
    operations: {
      ...plain(`Move, MoveToInbox, MoveFromInbox, FavoriteFolder, MarkAsUnread, MarkAsJunk, MarkMessageAsClutter,
        MarkMessageAsNotClutter, SetConversationAlwaysClutterState, IgnoreConversation, Flag, FlagCleared, FlagComplete,
        Categorize`),
      ...rows({ 'event.type': ['creation'] }, 'CopyItem, CreateFolder'),
    },
  },
  audit: [
    {
      fields: folderFields,
      operations: {
        ...plain('Move, Update, ApplyRecord, ApplyRecordLabel'),
        ...rows({ 'event.type': ['creation'] }, 'Copy, Create'),
      },
    },
  ],
}
