import { folderFields } from '../audit/folders.ts'
import { idInMailbox } from '../audit/mails.ts'
import type { Category } from '../table.ts'
import { plain } from './rows.ts'

export const read: Category = {
  name: 'read',
  ecs: { category: ['email'], type: ['access'] },
  activity: {
    operations: plain(
      'ReadingPaneDisplayStart, ReadingPaneDisplayEnd, MarkAsRead, MessageSelected, LinkClicked, Print',
    ),
  },
  audit: [
    { fields: folderFields, operations: plain('MailItemsAccessed, FolderBind') },
    { fields: { ...folderFields, 'email.local_id': idInMailbox }, operations: plain('MessageBind') },
    {
      ecs: { category: [], type: ['access'] }, // Teams.
      operations: plain(`MessageRead, MessagesListed, MessagesExported, MessageHostedContentRead, ChatRetrieved,
        RecordingExported, TranscriptsExported, SubscribedToMessages`),
    },
  ],
}
