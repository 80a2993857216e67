import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** A file of which only what is asked for is in memory. */
export interface PagedFile {
  readonly path: string
  readonly size: number
  /** The bytes from `at`, fewer at the file's end. They are lent: valid until the next read. */
  read(at: number, length: number): Buffer
  close(): void
}

const pageBytes = 4096
const pagesKept = 256

/**
 * Opens a file to read here and there. A database of cities has 130 MB: in memory it would be half of what an import may use, while look-ups
 * touch a few hundred pages of it, which the operating system keeps anyway.
 */
export function openPaged(path: string): PagedFile {
  const descriptor = openSync(path, 'r')
  const { size } = fstatSync(descriptor)
  const pages = new Map<number, Buffer>()
  const kept: number[] = [] // Which pages there are, in a ring.
  let oldest = 0

  function pageAt(number: number): Buffer {
    const known = pages.get(number)
    if (known !== undefined) return known
    const page = freePage()
    readSync(descriptor, page, 0, pageBytes, number * pageBytes)
    pages.set(number, page)
    kept[oldest] = number
    oldest = (oldest + 1) % pagesKept
    return page
  }

  function freePage(): Buffer {
    const number = kept[oldest]
    const page = number === undefined ? undefined : pages.get(number)
    if (number === undefined || page === undefined) return Buffer.allocUnsafeSlow(pageBytes)
    pages.delete(number)
    return page
  }

  return {
    path,
    size,
    read(at, length) {
      const wanted = Math.max(0, Math.min(length, size - at))
      const first = Math.floor(at / pageBytes)
      const start = at - first * pageBytes
      if (start + wanted <= pageBytes) return pageAt(first).subarray(start, start + wanted)
      const whole = Buffer.allocUnsafe(wanted)
      for (let done = 0; done < wanted; ) {
        const place = at + done
        const from = place % pageBytes
        done += pageAt(Math.floor(place / pageBytes)).copy(whole, done, from, Math.min(pageBytes, from + wanted - done))
      }
      return whole
    },
    close: () => closeSync(descriptor),
  }
}
