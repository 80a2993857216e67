import { glob, readdir, realpath, stat } from 'node:fs/promises'
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { codeOf } from '../../errors.ts'
import { asContentError, type Content, isAbsent, isDenied, reasonOf, type Unreadable } from './content.ts'
import { type Limits, limits as usualLimits } from './limits.ts'
import { namesGiven } from './member-names.ts'
import { fileSource, type Source } from './source.ts'
import { type Spool, spoolIn } from './spool.ts'
import { unpack } from './unpack.ts'

/** Where evidence may be found beyond the disk, and where it may be unpacked. */
export interface DiscoverOptions {
  /** What `-` stands for. */
  readonly stdin?: Readable
  /** The folder for standard input and for archives in archives. */
  readonly scratch: string
  /** Files and folders that are no evidence, wherever they stand: absolute paths. */
  readonly passOver?: ReadonlySet<string>
  readonly limits?: Limits
}

/** What was found. */
export interface Discovery {
  /** All there is at and below the paths, in a stable order, each once. */
  readonly contents: AsyncGenerator<Content | Unreadable>
  /** Removes what was put into `scratch`: to be called when no content is needed any more, however that came. */
  close(): Promise<void>
}

/** Looks for evidence in files, folders, globs, archives and standard input (`-`). */
export function discover(paths: readonly string[], options: DiscoverOptions, signal: AbortSignal): Discovery {
  const { stdin, scratch, passOver = new Set<string>(), limits = usualLimits } = options
  const spool = spoolIn(scratch)
  const at = { spool, limits, names: namesGiven(), signal, spooledBytes: 0 }

  async function* contents(): AsyncGenerator<Content | Unreadable> {
    for await (const found of sources(paths, { stdin, spool, passOver }, signal)) {
      signal.throwIfAborted()
      if (!at.names.claim(found.path)) continue
      if ('reason' in found) yield found
      else yield* unpack(found, at)
    }
  }

  return { contents: contents(), close: spool.close }
}

/** What is to be said of each of these paths where there is nothing by any of the names, as where one was mistyped; else nothing. */
export async function allAbsent(paths: readonly string[]): Promise<readonly Unreadable[]> {
  const absent: Unreadable[] = []
  for (const path of paths) {
    if (path === '-') return []
    for (const match of await matchesOf(path)) {
      const { value } = await walk({ path: match }, new Set([match]), new Set(), new Set()).next()
      if (value === undefined || !('reason' in value) || value.isAbsent !== true) return []
      absent.push(value)
    }
  }
  return absent
}

type Found = AsyncGenerator<Source | Unreadable>

async function* sources(
  paths: readonly string[],
  from: { stdin: Readable | undefined; spool: Spool; passOver: ReadonlySet<string> },
  signal: AbortSignal,
): Found {
  const given = new Set(paths.map((path) => resolve(path)))
  const walked = new Set<string>()
  for (const path of paths) {
    if (path === '-') yield await readStdin(from, signal)
    else {
      const matches = await matchesOf(path)
      const named = given.union(new Set(matches))
      for (const match of matches) yield* walk({ path: match }, named, walked, from.passOver)
    }
  }
}

async function readStdin(
  { stdin, spool }: { stdin: Readable | undefined; spool: Spool },
  signal: AbortSignal,
): Promise<Source | Unreadable> {
  const [path, named] = ['stdin', true]
  if (stdin === undefined || stdin.destroyed) return { path, named, reason: 'nothing comes from standard input' }
  try {
    const { file } = await spool.write(stdin, Number.POSITIVE_INFINITY, signal)
    return fileSource(file, path, named)
  } catch (error) {
    return { path, named, reason: asContentError(error, signal).message }
  }
}

/** A path that is there is meant as it is, whatever characters it has. */
async function matchesOf(path: string): Promise<string[]> {
  const there = await stat(path).then(
    () => true,
    (error) => codeOf(error) !== 'ENOENT',
  )
  if (there || !/[*?[{]/.test(path)) return [resolve(path)]
  const matches = await Array.fromAsync(glob(path), (match) => resolve(match))
  return matches.length === 0 ? [resolve(path)] : matches.sort()
}

/** Where something is; where it was found in a folder, what that is called without links, and whether it is a link there. */
interface Place {
  readonly path: string
  readonly found?: { readonly folder: string; readonly isLink: boolean }
}

/**
 * A folder is walked once, whatever links lead to it: they may lead in circles. A link in it that leads out of all that was given is not followed: an archive
 * may have brought it, and what is of another case, or the whole disk, is no evidence for that.
 */
async function* walk(
  { path, found }: Place,
  given: ReadonlySet<string>,
  walked: Set<string>,
  passOver: ReadonlySet<string>,
): Found {
  const named = given.has(path)
  if (passOver.has(path) && !named) return
  try {
    if (found?.isLink === true && !named && !(await isWithin(path, given))) {
      yield { path, named, reason: 'a link that leads out of the folder: give what it leads to', mayBeEvidence: true }
      return
    }
    const kind = await stat(path)
    if (kind.isFile()) yield fileSource(path, path, named, kind.mtimeMs)
    else if (!kind.isDirectory()) yield { path, named, reason: 'it is a pipe or a device: give a file' }
    if (!kind.isDirectory()) return
    // The system looks at each part of a path anew: of folders in folders, a thousand deep, that took half a minute.
    const folder = found?.isLink === false ? join(found.folder, basename(path)) : await realpath(path)
    if (walked.has(folder)) return
    walked.add(folder)
    const entries = await readdir(path, { withFileTypes: true })
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) {
      const found = { folder, isLink: entry.isSymbolicLink() }
      yield* walk({ path: join(path, entry.name), found }, given, walked, passOver)
    }
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    const isTooLong = codeOf(error) === 'ENAMETOOLONG'
    // Node gives names that are no UTF-8 with U+FFFD in them, which has three bytes, and finds no file of that name.
    const isLost = (isTooLong || codeOf(error) === 'ENOENT') && path.includes('\ufffd')
    const reason = isLost ? 'its name is not UTF-8: rename it' : reasonOf(error)
    const isThere = isLost || isTooLong || isDenied(error)
    yield { path, named, reason, ...(isThere ? { mayBeEvidence: true } : isAbsent(error) && { isAbsent: true }) }
  }
}

/** Whether a link leads to one of these paths or below. */
async function isWithin(link: string, given: ReadonlySet<string>): Promise<boolean> {
  const there = await realpath(link)
  for (const path of given) {
    const way = relative(await realpath(path).catch(() => path), there)
    if (way.split(sep)[0] !== '..' && !isAbsolute(way)) return true // Absolute is the way to another drive of Windows.
  }
  return false
}
