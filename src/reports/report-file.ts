import { closeSync, openSync, readSync, renameSync, rmSync, writevSync } from 'node:fs'

/** A file that appears whole or not at all: it is written beside its place and moved there when it is kept. */
export interface ReportFile {
  /** Writes a chunk, which nobody may use afterwards. */
  write(chunk: string | Uint8Array<ArrayBuffer>): void
  /** Bytes that were written before. */
  read(start: number, bytes: number): Uint8Array<ArrayBuffer>
  /** Moves the file to its place. */
  keep(): void
  /** Leaves no trace of a file that was not kept. */
  discard(): void
}

const pendingBytes = 256 * 1024

/** Begins a file at `path`. Throws what the system says when a disk is full. */
export function openReportFile(path: string): ReportFile {
  const part = `${path}.part`
  const file = openSync(part, 'w+')
  let pending: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  let isOpen = true
  const flush = () => {
    const chunks = pending
    while (size > 0) {
      const written = writevSync(file, pending)
      pending = behind(pending, written)
      size -= written
    }
    pending = []
    for (const chunk of chunks) release(chunk)
  }
  const close = () => {
    if (isOpen) closeSync(file)
    isOpen = false
  }
  return {
    write(chunk) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      pending.push(bytes)
      size += bytes.length
      if (size >= pendingBytes) flush()
    },
    read(start, bytes) {
      flush()
      const buffer = Buffer.allocUnsafe(bytes)
      return buffer.subarray(0, readSync(file, buffer, 0, bytes, start))
    },
    keep() {
      flush()
      close()
      renameSync(part, path)
    },
    discard() {
      close()
      rmSync(part, { force: true })
    },
  }
}

/** Gives memory back at once: the garbage collector, which sees nothing but the small object that stands for it, lets some 40 MB pile up. */
function release(chunk: Uint8Array<ArrayBuffer>): void {
  if (chunk.length === chunk.buffer.byteLength) chunk.buffer.transfer(0)
}

/** What of these chunks is left when their first bytes are written: the system may take less than it is given. */
function behind(chunks: readonly Uint8Array<ArrayBuffer>[], written: number): Uint8Array<ArrayBuffer>[] {
  const left: Uint8Array<ArrayBuffer>[] = []
  let before = 0
  for (const chunk of chunks) {
    if (before + chunk.length > written) left.push(chunk.subarray(Math.max(0, written - before)))
    before += chunk.length
  }
  return left
}
