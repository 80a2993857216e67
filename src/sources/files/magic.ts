import type { Unreadable } from './content.ts'
import { isTarHeader } from './tar-header.ts'

/** What a content is packed as, when this project can unpack it. */
export type Packing = 'gzip' | 'tar' | 'zip' | 'zstd'

interface Magic<Meaning> {
  readonly bytes: string
  readonly at?: number
  readonly means: Meaning
}

/** How it is packed, by its first bytes, never by its name. */
export function packingOf(head: Buffer): Packing | undefined {
  return find(packings, head) ?? (isTarHeader(head) ? 'tar' : undefined)
}

/** What has rows that stand in no lines of text. */
export type RowFormat = 'avro' | 'parquet'

/** What its rows are written as, by its first bytes. */
export function rowFormatOf(head: Buffer): RowFormat | undefined {
  return find(rowFormats, head)
}

/** Why something cannot be read as it is, and whether it may be evidence all the same. */
export type Unread = Pick<Unreadable, 'reason' | 'mayBeEvidence'>

/** Why it cannot be read as it is, and what to do; undefined when it may be. */
export function binaryReasonOf(head: Buffer): Unread | undefined {
  if (packingOf(head) !== undefined || rowFormatOf(head) !== undefined) return undefined
  const reason = find(unread, head)
  if (reason !== undefined) return { reason, mayBeEvidence: true }
  const other = find(binaries, head)
  return other === undefined ? undefined : { reason: other }
}

/** Why an archive is a document rather than a bundle of files, by the names in it; undefined when it is none. */
export function documentReasonOf(names: ReadonlySet<string>): Unread | undefined {
  return documents.find(({ marks }) => marks.every((mark) => names.has(mark)))?.means
}

/** Whether an archive is a workbook of Excel, by the names in it. */
export function isWorkbook(names: ReadonlySet<string>): boolean {
  return ['[Content_Types].xml', '_rels/.rels', 'xl'].every((name) => names.has(name))
}

/** How many bytes the functions here want to see. */
export const headBytes = 4096

function find<Meaning>(table: readonly Magic<Meaning>[], head: Buffer): Meaning | undefined {
  return table.find(({ bytes, at = 0 }) => {
    const magic = Buffer.from(bytes, 'latin1')
    return head.subarray(at, at + magic.length).equals(magic)
  })?.means
}

// RFC 1952, 2.3.1 (8 is deflate, the only method there is); APPNOTE.TXT 4.3.7 (member), 4.3.16 (empty), 8.5.3 (first part); RFC 8878, 3.1.1 (frame) and
// 3.1.2 (a frame to be skipped, with which pzstd begins).
const packings: readonly Magic<Packing>[] = [
  { bytes: '\x1f\x8b\x08', means: 'gzip' },
  { bytes: 'PK\x03\x04', means: 'zip' },
  { bytes: 'PK\x05\x06', means: 'zip' },
  { bytes: 'PK\x07\x08', means: 'zip' },
  { bytes: '\x28\xb5\x2f\xfd', means: 'zstd' },
  { bytes: '\x50\x2a\x4d\x18', means: 'zstd' },
]

// Avro 1.12, "Object Container Files"; apache/parquet-format, README.md, behind which a page or a group of rows begins with Thrift, never with a letter.
const rowFormats: readonly Magic<RowFormat>[] = [
  { bytes: 'Obj\x01', means: 'avro' },
  { bytes: 'PAR1\x15', means: 'parquet' },
]

const unpack = 'unpack it and give the folder'
const noText = 'it holds no text'

// Of this table and the next: each format's own specification; where a text could begin with its magic, more of what must follow is asked for.
const unread: readonly Magic<string>[] = [
  { bytes: '7z\xbc\xaf\x27\x1c', means: `a 7z archive: ${unpack}` },
  { bytes: 'Rar!\x1a\x07', means: `a RAR archive: ${unpack}` },
  { bytes: '\xfd7zXZ\x00', means: `packed with xz: ${unpack}` },
  { bytes: '1AY&SY', at: 4, means: `packed with bzip2: ${unpack}` },
  { bytes: '\x04\x22\x4d\x18', means: `packed with lz4: ${unpack}` },
  { bytes: '\x1f\x9d', means: `packed with compress: ${unpack}` },
  { bytes: 'MSCF\x00\x00\x00\x00', means: `a cabinet archive: ${unpack}` },
  { bytes: 'ustar', at: 257, means: 'a tar that is damaged: get it again' },
  { bytes: '\xff\xfe\x00\x00', means: 'UTF-32 text: save it as UTF-8' },
  { bytes: '\x00\x00\xfe\xff', means: 'UTF-32 text: save it as UTF-8' },
]

const binaries: readonly Magic<string>[] = [
  {
    bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    means: 'an old Office document, one with a password, or an Outlook message: save it as CSV',
  },
  { bytes: 'SQLite format 3\x00', means: 'a database (SQLite): export its tables as CSV' },
  { bytes: '\xef\xcd\xab\x89', at: 4, means: 'a database (ESE, such as Exchange has): export its tables as CSV' },
  { bytes: '!BDN', means: 'an Outlook data file (PST or OST): it holds mail, no activity' },
  { bytes: 'ElfFile\x00', means: 'a Windows event log (EVTX): it holds no activity of a mailbox' },
  { bytes: '%PDF-', means: `a PDF: ${noText} that can be read as rows` },
  { bytes: '\x89PNG\r\n\x1a\n', means: `a picture: ${noText}` },
  { bytes: '\xff\xd8\xff', means: `a picture: ${noText}` },
  { bytes: '\x7fELF', means: `a program: ${noText}` },
  { bytes: '\x00\x05\x16\x07', means: 'what macOS noted about another file (AppleDouble)' },
]

// ECMA-376 part 2 (Open Packaging Conventions); OpenDocument 1.3 part 2. The first that fits is meant.
const documents: readonly { readonly marks: readonly string[]; readonly means: Unread }[] = [
  {
    marks: ['[Content_Types].xml', 'xl'],
    means: { reason: 'an Excel workbook that is damaged: get it again, or save it as CSV', mayBeEvidence: true },
  },
  { marks: ['[Content_Types].xml', 'word'], means: { reason: 'a Word document: save it as text' } },
  { marks: ['[Content_Types].xml', 'ppt'], means: { reason: 'a PowerPoint presentation: it holds no rows' } },
  { marks: ['[Content_Types].xml'], means: { reason: 'an Office document: save it as CSV' } },
  { marks: ['mimetype', 'content.xml', 'META-INF'], means: { reason: 'an OpenDocument file: save it as CSV' } },
]
