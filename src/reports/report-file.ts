import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { codeOf } from '../errors.ts'

/** A file that appears whole or not at all: it is written beside its place and moved there when it is kept. */
export interface ReportFile {
  /** Writes a chunk, which is the caller's again afterwards. */
  write(chunk: string | Uint8Array): void
  /** Moves the file to its place. */
  keep(): void
  /** Leaves no trace of a file that was not kept. */
  discard(): void
}

const pendingBytes = 64 * 1024

/** Begins a file at `path`. Throws what the system says when a disk is full. */
export function openReportFile(path: string): ReportFile {
  const part = partOf(path)
  const file = openSync(part, 'w')
  const pending = Buffer.allocUnsafeSlow(pendingBytes)
  let size = 0
  let isOpen = true
  const flush = () => {
    if (size > 0) writeAll(file, pending.subarray(0, size))
    size = 0
  }
  const close = () => {
    if (isOpen) closeSync(file)
    isOpen = false
  }
  return {
    write(chunk) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      if (size + bytes.length > pendingBytes) flush()
      if (bytes.length > pendingBytes) return writeAll(file, bytes)
      pending.set(bytes, size)
      size += bytes.length
    },
    keep() {
      flush()
      close()
      moveToPlace(part, path)
    },
    discard() {
      close()
      discardPart(path)
    },
  }
}

/** Writes a file piece by piece, whole or not at all. */
export function writeReportFile(path: string, pieces: Iterable<string>): void {
  const file = openReportFile(path)
  try {
    for (const piece of pieces) file.write(piece)
    file.keep()
  } finally {
    file.discard()
  }
}

// What Windows says of a file that another program has open: for a moment only, where that looks for viruses in what is new.
const heldCodes: readonly (string | undefined)[] = ['EBUSY', 'EPERM', 'EACCES']
const [mostTries, betweenTriesMs] = [20, 100]

/** Moves a file to where another may stand. Tries for some two seconds while that is another program's, then throws what the system says. */
export function moveToPlace(from: string, to: string, rename: typeof renameSync = renameSync): void {
  for (let tries = 1; ; tries += 1) {
    try {
      rename(from, to)
      return
    } catch (error) {
      if (tries === mostTries || !heldCodes.includes(codeOf(error))) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, betweenTriesMs)
    }
  }
}

/** Removes what was written of the file at `path` and not kept, by whomever. */
export function discardPart(path: string): void {
  rmSync(partOf(path), { force: true })
}

function partOf(path: string): string {
  return `${path}.part`
}

/** The system may take less at a time than it is given. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
}
