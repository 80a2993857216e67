import { accessSync, constants, existsSync, lstatSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ConfigError, codeOf } from '../errors.ts'

/** Makes the folder of a case where it is not there. Throws what the system says where this user may not write it, and `ConfigError` for a file. */
export function makeCaseFolder(folder: string): void {
  try {
    makeFolders(resolve(folder))
  } catch (cause) {
    const why = whyNone[codeOf(cause) ?? '']
    if (why !== undefined) throw new ConfigError(`${folder} ${why}: name another with --case DIR`, { cause })
    throw cause
  }
  // SQLite says of it no more than that it cannot.
  checkWritable(folder)
}

const nowhere = 'leads to where no folder can be made'
const toFile = 'leads to a file, and a case is a folder'
const whyNone: Readonly<Record<string, string>> = { EEXIST: toFile, ENOTDIR: toFile, ENOENT: nowhere, ELOOP: nowhere }

/** One after the other: Node's own way tries for ever where the system says of a folder in one that is there that it is not, as in /proc. */
function makeFolders(folder: string): void {
  const nearest = nearestTo(folder)
  if (nearest === folder) {
    if (!statSync(folder).isDirectory()) mkdirSync(folder)
    return
  }
  makeFolders(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    if (isDangling(folder)) throw Object.assign(new Error('a link that leads nowhere'), { code: 'ENOENT' })
    if (!existsSync(folder) || !statSync(folder).isDirectory()) throw error // Another process may have made it.
  }
}

/** Whether it is a link to what is not there. */
function isDangling(path: string): boolean {
  return !existsSync(path) && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
}

/** The folder, or what there is of the way to it. */
export function nearestTo(folder: string): string {
  let place = resolve(folder)
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  return place
}

/** Throws what the system says of a folder in which this user may make nothing. */
export function checkWritable(folder: string): void {
  accessSync(folder, constants.W_OK | constants.X_OK)
}
