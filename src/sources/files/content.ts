import { codeOf, messageOf } from '../../errors.ts'

/** Something that may be evidence: a file, a member of an archive, standard input. Read it before `Discovery.close`. */
export interface Content {
  /** Where it is: `/x/export.zip/inner/part1.csv` for members; `stdin` for standard input. Unique; only to be shown. */
  readonly path: string
  /** Whether the user named it (or its archive), rather than a folder above it. */
  readonly named: boolean
  /** When it was changed last, where that is known: milliseconds since the epoch. */
  readonly modified?: number | undefined
  /**
   * Its text as UTF-8 without a BOM, from byte `offset` of that text on. A chunk stands until the next one is asked for. Throws
   * `ContentError` after all that is left.
   */
  text(offset: number, signal: AbortSignal): AsyncIterable<Buffer>
  /**
   * SHA-256 and size of the bytes as they lie there (of the `.gz` or `.zst` itself; of the extracted member for zip,
   * which for a damaged one is all that can be extracted). Throws `ContentError` when they cannot be read.
   */
  hash(signal: AbortSignal): Promise<{ readonly sha256: string; readonly size: number }>
}

/** Something that cannot be read at all, and why, in words that say what to do. */
export interface Unreadable {
  readonly path: string
  readonly named: boolean
  readonly reason: string
  /** Whether it is of no kind that is known: then it helps to hear which are. */
  readonly isUnknown?: boolean
  /** Whether there is no such file: then nothing is missing but a right name. */
  readonly isAbsent?: boolean
  /** Whether it may be evidence, whoever named it: what cannot be unpacked, or be had at all. What is of a kind that holds none is not. */
  readonly mayBeEvidence?: boolean
}

/** A content ends before its time, and why, in words for people. */
export class ContentError extends Error {
  override name = 'ContentError' as const
  /** Whether what was read is, or may be, not what its hash is of: another file stands there by now, or the disk went away. */
  isOther = false
}

/** What to throw for what the system threw while a content was read; a stop and a bug are thrown as they are. */
export function asContentError(error: unknown, signal: AbortSignal): ContentError {
  signal.throwIfAborted()
  if (error instanceof ContentError) return error
  if (codeOf(error) === undefined) throw error
  return new ContentError(reasonOf(error), { cause: error })
}

/** Why a call of the system failed, in words that say what to do. */
export function reasonOf(error: unknown): string {
  return systemReasons[codeOf(error) ?? ''] ?? messageOf(error)
}

/** Whether somebody else could open it. */
export function isDenied(error: unknown): boolean {
  const code = codeOf(error instanceof ContentError ? error.cause : error)
  return code === 'EACCES' || code === 'EPERM' || code === 'EBUSY'
}

/** Whether there is nothing of its name. */
export function isAbsent(error: unknown): boolean {
  return codeOf(error) === 'ENOENT'
}

const denied = 'no permission to read it: run as a user who may, or copy it'

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: denied,
  EPERM: denied,
  EBUSY: 'another program has it open: close it there, or copy it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'its path goes through a file',
  ELOOP: 'it is a link that leads to itself',
  ENAMETOOLONG: 'its path is too long for this system',
  EMFILE: 'too many files are open: raise the limit (ulimit -n)',
  EIO: 'the disk cannot read it: copy what can be read of it to another disk',
  ENOSPC: 'there is no space left to unpack it: make space, or unpack it elsewhere and give the folder',
}
