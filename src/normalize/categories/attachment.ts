import { folderFields } from '../audit/folders.ts'
import type { Category } from '../table.ts'

export const attachment: Category = {
  name: 'attachment',
  ecs: { category: ['email'], type: ['access'] },
  activity: { operations: { OpenedAnAttachment: {}, PreviewOfAttachmentStarted: {}, PreviewOfAttachmentEnded: {} } },
  audit: [{ fields: folderFields, operations: { AttachmentAccess: {} } }],
}
