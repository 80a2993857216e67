import { readdir, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { codeOf } from '../../errors.ts'

/** A file to look at. `named` when the user gave its path, rather than a folder above it. */
export interface FoundFile {
  readonly path: string
  readonly named: boolean
  /** Why it cannot even be listed. */
  readonly unreadable?: string
}

/** All files at and below `paths`, in a stable order, each once. */
export async function discover(paths: readonly string[]): Promise<FoundFile[]> {
  const found = new Map<string, FoundFile>()
  const walked = new Set<string>()
  for (const path of paths) {
    for await (const file of walk(resolve(path), true, walked)) if (!found.has(file.path)) found.set(file.path, file)
  }
  return [...found.values()]
}

/** A folder is walked once, whatever links lead to it: they may lead in circles. */
async function* walk(path: string, named: boolean, walked: Set<string>): AsyncGenerator<FoundFile> {
  try {
    const kind = await stat(path)
    if (!kind.isDirectory()) {
      yield kind.isFile() ? { path, named } : { path, named, unreadable: 'it is a pipe or a device: give a file' }
      return
    }
    const folder = await realpath(path)
    if (walked.has(folder)) return
    walked.add(folder)
    const names = await readdir(path)
    for (const name of names.sort()) yield* walk(join(path, name), false, walked)
  } catch (error) {
    const denied = codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM'
    yield denied
      ? { path, named: true, unreadable: 'no permission to open it: run as a user who may, or copy it' }
      : { path, named }
  }
}
