import { mkdirSync, rmSync, statfsSync } from 'node:fs'

/** Where everything is kept that may be deleted at any time. */
export const cache = new URL('../.cache/bench/', import.meta.url).pathname

type Command = readonly [program: string, ...words: string[]]

/** Hoofprint on the Node that runs this or another one. */
export const hoofprintOn = (node: string): Command => [node, 'bin/hoofprint.mjs']
export const hoofprint = hoofprintOn(process.execPath)

/** A folder of the cache with nothing in it. */
export function emptied(name: string): string {
  const folder = `${cache}${name}`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Throws when there is not so much room for `what`. */
export function needRoom(bytes: number, what: string): void {
  mkdirSync(cache, { recursive: true })
  const { bavail, bsize } = statfsSync(cache)
  if (bavail * bsize >= bytes) return
  const gb = (size: number) => (size / 1e9).toFixed(1)
  throw new Error(`${what} takes some ${gb(bytes)} GB in ${cache}, and ${gb(bavail * bsize)} GB are free`)
}
