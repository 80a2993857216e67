import { closeSync, openSync, readSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { listQuery } from '../query.ts'
import { openReportFile } from './report-file.ts'
import { cell, noData } from './tsv/cell.ts'

/** The name of the table that has the lines of readings mail by mail. */
export const byItemTable = 'read-activity-by-item'

/** What the lines of readings are written from once more, mail by mail: paths, so that another thread can do it. */
export interface ByItemTask {
  /** The scratch database, summed up. */
  readonly scratch: string
  /** The file that has the lines by time, behind `header`. */
  readonly byTime: string
  readonly header: string
  readonly path: string
}

const readAtOnce = 256 * 1024

/** Writes the table of readings by item. */
export function writeByItem({ scratch, byTime, header, path }: ByItemTask): void {
  const db = new DatabaseSync(scratch, { readOnly: true })
  const lines = openLines(byTime)
  const file = openReportFile(path)
  const behindHeader = Buffer.byteLength(header)
  let current: number | undefined
  let run = { start: 0, bytes: 0 } // Lines that follow each other are read at once, but not all of a mail that was read a million times.
  const copyRun = () => {
    if (run.bytes > 0) file.write(lines.read(behindHeader + run.start, run.bytes))
  }
  try {
    for (const [block, item, start, bytes] of readings(db)) {
      if (block === current && start === run.start + run.bytes && run.bytes < readAtOnce) run.bytes += bytes
      else {
        copyRun()
        run = { start, bytes }
        if (block !== current) file.write(`${cell(item ?? undefined) || noData}\n${header}`)
        current = block
      }
    }
    copyRun()
    file.keep()
  } finally {
    file.discard()
    lines.close()
    db.close()
  }
}

/**
 * Where the lines of readings are in the file by time, from behind its header on, item by item: a block is an item of a mailbox, in the order of first
 * reading, and is named with its first line.
 */
function readings(db: DatabaseSync) {
  return listQuery<[block: number, item: string | null, start: number, bytes: number]>(
    db,
    `select first, iif(reading.rowid = first, item, null), start, bytes
    from reading cross join read_item using (item, mailbox) order by first, reading.rowid`,
  ).iterate()
}

function openLines(path: string) {
  const file = openSync(path, 'r')
  let room = Buffer.alloc(0)
  return {
    /** Bytes of the file; the next ones that are read take their place. */
    read(start: number, bytes: number): Uint8Array {
      if (bytes > room.length) room = Buffer.allocUnsafeSlow(Math.max(bytes, 64 * 1024))
      const had = readSync(file, room, 0, bytes, start)
      if (had < bytes) throw new Error(`${path} has changed while it was read`)
      return room.subarray(0, bytes)
    },
    close: () => closeSync(file),
  }
}
