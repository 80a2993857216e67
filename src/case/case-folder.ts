import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ConfigError, codeOf } from '../errors.ts'

/** Makes the folder of a case where it is not there. Throws what the system says where this user may not write it, and `ConfigError` for a file. */
export function makeCaseFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    const code = codeOf(cause) ?? ''
    if (['EEXIST', 'ENOTDIR'].includes(code)) {
      throw new ConfigError(`${folder} leads to a file, and a case is a folder: name another with --case DIR`, {
        cause,
      })
    }
    // Of a file system that is mounted read-only Node says no more than that the folder is not there.
    if (code === 'ENOENT') checkWritable(nearestTo(folder))
    throw cause
  }
  // SQLite says of it no more than that it cannot.
  checkWritable(folder)
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
