import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'

/** A file that appears whole or not at all: it is written beside its place and moved there when it is kept. */
export interface ReportFile {
  write(chunk: string | Uint8Array): void
  /** Moves the file to its place. */
  keep(): void
  /** Leaves no trace of a file that was not kept. */
  discard(): void
}

const bufferLength = 256 * 1024

/** Begins a file at `path`. Throws what the system says when a disk is full. */
export function openReportFile(path: string): ReportFile {
  const part = `${path}.part`
  const file = openSync(part, 'w')
  let text = ''
  let isOpen = true
  const flush = () => {
    if (text !== '') writeSync(file, text)
    text = ''
  }
  const close = () => {
    if (isOpen) closeSync(file)
    isOpen = false
  }
  return {
    write(chunk) {
      if (typeof chunk === 'string') text += chunk
      if (typeof chunk === 'string' && text.length < bufferLength) return
      flush()
      if (typeof chunk !== 'string') writeSync(file, chunk)
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
