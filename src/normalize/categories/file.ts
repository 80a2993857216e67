import type { Category } from '../table.ts'
import { configurationParts, fileParts, plain } from './rows.ts'

/** Files, pages and lists of SharePoint and OneDrive. */
export const file: Category = {
  name: 'file',
  ecs: { category: ['file'], type: ['access'] },
  audit: [
    {
      operations: {
        ...plain(`FileAccessed, FileAccessedExtended, FilePreviewed, FileDownloaded, FileFetched, FileViewed,
          FileSyncDownloadedFull, FileSyncDownloadedPartial, SyncGetChanges, ManagedSyncClientAllowed,
          UnmanagedSyncClientBlocked, PageViewed, PageViewedExtended, PagePrefetched, ClientViewSignaled, ListViewed,
          ListItemViewed, FileVisited, SensitivityLabeledFileOpened, LabelContentExplorerAccessedItem`),
        // On a device that Purview watches: what leaves it, on which way.
        ...plain(`FileRead, FileUploadedToCloud, FileCopiedToRemovableMedia, FileCopiedToNetworkShare,
          FileCopiedToClipboard, FileCopiedToRemoteDesktopSession, FilePrinted, PastedToBrowser,
          FileTransferredByBluetooth, FileAccessedByUnallowedApp`),
      },
    },
    ...fileParts({
      creation: `FileUploaded, FileCopied, FolderCopied, FolderCreated, FileSyncUploadedFull, ListCreated,
        ListColumnCreated, ListContentTypeCreated, ListItemCreated, SiteColumnCreated, SiteContentTypeCreated`,
      change: `FileModified, FileModifiedExtended, FileMoved, FileRenamed, FileRestored, FileCheckedIn,
        FileCheckedOut, FileCheckOutDiscarded, FileSyncUploadedPartial, FolderModified, FolderMoved, FolderRenamed,
        FolderRestored, FileSensitivityLabelApplied, FileSensitivityLabelChanged, FileSensitivityLabelRemoved,
        LockRecord, UnlockRecord, ListRestored, ListUpdated, ListColumnUpdated, ListContentTypeUpdated,
        ListItemRestored, ListItemUpdated, SiteColumnUpdated, SiteContentTypeUpdated`,
      deletion: `FileDeleted, FileDeletedFirstStageRecycleBin, FileDeletedSecondStageRecycleBin, FileRecycled,
        FileVersionRecycled, FileVersionsAllRecycled, FileVersionsAllDeleted, FileVersionsAllMinorsRecycled,
        FolderDeleted, FolderDeletedFirstStageRecycleBin, FolderDeletedSecondStageRecycleBin, FolderRecycled,
        ListDeleted, ListColumnDeleted, ListContentTypeDeleted, ListItemDeleted, ListItemRecycled, SiteColumnDeleted,
        SiteContentTypeDeleted`,
    }),
    ...configurationParts({ change: 'ComplianceSettingChanged' }),
  ],
}
