import { type FieldTable, firstOf, lower, type Reader, text } from '../table.ts'
import { objectsIn, within } from './name-values.ts'

const size = text('FileSizeBytes', 'FileSize')
const bytes: Reader<number> = (record, activity) => {
  const number = Number(size(record, activity) ?? Number.NaN)
  return Number.isSafeInteger(number) ? number : undefined
}

const address = text('ObjectId', 'Url')
const leakAddress = within('SharePointMetaData', 'FilePathUrl')
const url: Reader<string> = (record, activity) => {
  const given = address(record, activity)
  return given !== undefined && /^https?:\/\//i.test(given) ? given : leakAddress(record, activity)
}

/** What threat intelligence tells of a mail's attachments. */
const attachmentHashes: Reader<readonly string[]> = (record) => {
  const told = objectsIn(record['AttachmentData']).map(({ SHA256: hash }) => hash)
  const hashes = told.filter((hash) => typeof hash === 'string' && hash !== '') as string[]
  return hashes.length === 0 ? undefined : hashes.map((hash) => hash.toLowerCase())
}

/** The file or page that a record is about. */
export const fileFields: FieldTable = {
  'file.name': firstOf(
    text('SourceFileName', 'FileName'),
    within('SharePointMetaData', 'FileName'),
    within('FileData', 'FileName'),
  ),
  'file.extension': text('SourceFileExtension', 'FileExtension'),
  'file.directory': text('SourceRelativeUrl'),
  'file.path': firstOf(text('FilePath', 'TargetFilePath'), within('FileData', 'FilePath')),
  'file.size': bytes,
  'file.hash.md5': lower(text('MD5Hash')),
  'file.hash.sha1': text('Sha1'),
  'file.hash.sha256': firstOf(text('Sha256', 'SHA256Hash'), within('FileData', 'SHA256')),
  'file.owner': within('SharePointMetaData', 'FileOwner'),
  'file.inode': within('SharePointMetaData', 'UniqueID', 'UniqueId'),
  'url.original': url,
  'url.domain': text('OriginatingDomain'),
  'related.hash': attachmentHashes,
}
