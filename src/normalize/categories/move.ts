import { folderFields } from '../audit/folders.ts'
import type { Category } from '../table.ts'

/** What changes a mail or a folder without deleting it: moved, copied, flagged, marked. */
export const move: Category = {
  name: 'move',
  ecs: { category: ['email'], type: ['change'] },
  activity: {
    operations: {
      Move: {},
      MoveToInbox: {},
      MoveFromInbox: {},
      CopyItem: { 'event.type': ['creation'] },
      CreateFolder: { 'event.type': ['creation'] },
      FavoriteFolder: {},
      MarkAsUnread: {},
      MarkAsJunk: {},
      MarkMessageAsClutter: {},
      MarkMessageAsNotClutter: {},
      SetConversationAlwaysClutterState: {},
      IgnoreConversation: {},
      Flag: {},
      FlagCleared: {},
      FlagComplete: {},
      Categorize: {},
    },
  },
  audit: [
    {
      fields: folderFields,
      operations: {
        Move: {},
        Copy: { 'event.type': ['creation'] },
        Create: { 'event.type': ['creation'] },
        Update: {},
        ApplyRecord: {},
        ApplyRecordLabel: {},
      },
    },
  ],
}
