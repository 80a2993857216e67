import type { Category } from '../table.ts'
import { plain } from './rows.ts'

/** Files, pages and lists of SharePoint and OneDrive. */
export const file: Category = {
  name: 'file',
  ecs: { category: ['file'], type: ['access'] },
  audit: [
    {
      operations: {
        ...plain('FileAccessed', 'FileAccessedExtended', 'FilePreviewed', 'FileDownloaded', 'FileFetched'),
        ...plain('FileViewed', 'FileSyncDownloadedFull', 'FileSyncDownloadedPartial', 'SyncGetChanges'),
        ...plain('ManagedSyncClientAllowed', 'UnmanagedSyncClientBlocked', 'PageViewed', 'PageViewedExtended'),
        ...plain('PagePrefetched', 'ClientViewSignaled', 'ListViewed', 'ListItemViewed', 'FileVisited'),
        ...plain('SensitivityLabeledFileOpened', 'LabelContentExplorerAccessedItem'),
        // On a device that Purview watches: what leaves it, on which way.
        ...plain('FileRead', 'FileUploadedToCloud', 'FileCopiedToRemovableMedia', 'FileCopiedToNetworkShare'),
        ...plain('FileCopiedToClipboard', 'FileCopiedToRemoteDesktopSession', 'FilePrinted', 'PastedToBrowser'),
        ...plain('FileTransferredByBluetooth', 'FileAccessedByUnallowedApp'),
      },
    },
    {
      ecs: { category: ['file'], type: ['creation'] },
      operations: {
        ...plain('FileUploaded', 'FileCopied', 'FolderCopied', 'FolderCreated', 'FileSyncUploadedFull'),
        ...plain('ListCreated', 'ListColumnCreated', 'ListContentTypeCreated', 'ListItemCreated'),
        ...plain('SiteColumnCreated', 'SiteContentTypeCreated'),
      },
    },
    {
      ecs: { category: ['file'], type: ['change'] },
      operations: {
        ...plain('FileModified', 'FileModifiedExtended', 'FileMoved', 'FileRenamed', 'FileRestored'),
        ...plain('FileCheckedIn', 'FileCheckedOut', 'FileCheckOutDiscarded', 'FileSyncUploadedPartial'),
        ...plain('FolderModified', 'FolderMoved', 'FolderRenamed', 'FolderRestored'),
        ...plain('FileSensitivityLabelApplied', 'FileSensitivityLabelChanged', 'FileSensitivityLabelRemoved'),
        ...plain('LockRecord', 'UnlockRecord', 'ListRestored', 'ListUpdated', 'ListColumnUpdated'),
        ...plain('ListContentTypeUpdated', 'ListItemRestored', 'ListItemUpdated', 'SiteColumnUpdated'),
        ...plain('SiteContentTypeUpdated'),
      },
    },
    {
      ecs: { category: ['file'], type: ['deletion'] },
      operations: {
        ...plain('FileDeleted', 'FileDeletedFirstStageRecycleBin', 'FileDeletedSecondStageRecycleBin'),
        ...plain('FileRecycled', 'FileVersionRecycled', 'FileVersionsAllRecycled', 'FileVersionsAllDeleted'),
        ...plain('FileVersionsAllMinorsRecycled', 'FolderDeleted', 'FolderDeletedFirstStageRecycleBin'),
        ...plain('FolderDeletedSecondStageRecycleBin', 'FolderRecycled', 'ListDeleted', 'ListColumnDeleted'),
        ...plain('ListContentTypeDeleted', 'ListItemDeleted', 'ListItemRecycled', 'SiteColumnDeleted'),
        ...plain('SiteContentTypeDeleted'),
      },
    },
    { ecs: { category: ['configuration'], type: ['change'] }, operations: plain('ComplianceSettingChanged') },
  ],
}
