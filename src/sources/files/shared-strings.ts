import { closeSync, openSync, readSync } from 'node:fs'
import { recent } from '../../remember.ts'
import { ContentError } from './content.ts'
import type { Spooled } from './spool.ts'
import type { Unpacking } from './unpacking.ts'
import { readXml, type XmlReader } from './xml.ts'

/** The texts that the cells of a workbook have by their number. */
export interface SharedStrings {
  /** Throws `ContentError` where there is none of that number. */
  at(index: number): string
  /** Why more of them are missing or may be wrong. */
  readonly damage: ContentError | undefined
  /** Removes what stands on the disk. */
  close(): Promise<void>
}

/**
 * Puts the texts of a workbook on the disk, for they may be most of it. `bytes` is the part that has them (ECMA-376 part 1, 18.4), which
 * not all have; of one that is damaged they are those before the damage.
 */
export async function sharedStrings(bytes: AsyncIterable<Buffer> | undefined, at: Unpacking): Promise<SharedStrings> {
  const ends: number[] = []
  let damage: ContentError | undefined
  const texts = async function* (): AsyncGenerator<Buffer> {
    try {
      if (bytes !== undefined) yield* textsIn(bytes, ends)
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      damage = error
    }
  }
  const spooled = await at.spool.write(texts(), at.limits.spooledBytes - at.spooledBytes, at.signal)
  const read = readerOf(spooled)
  const short = recent<string>(rememberedTexts)
  return {
    damage,
    at(index) {
      const known = short.get(String(index))
      if (known !== undefined) return known
      const end = ends[index]
      if (end === undefined) throw damage ?? new ContentError('it is damaged: a text of it is missing; get it again')
      const text = read(ends[index - 1] ?? 0, end)
      if (text.length <= shortText) short.set(String(index), text)
      return text
    },
    async close() {
      read.close()
      await spooled.remove()
    },
  }
}

/** Names of users and operations come again and again. */
const [rememberedTexts, shortText] = [20_000, 200] as const

/** Ten unlike ones in each row of a full sheet are fewer. */
const maxTexts = 2 ** 24

async function* textsIn(bytes: AsyncIterable<Buffer>, ends: number[]): AsyncGenerator<Buffer> {
  const texts: Buffer[] = []
  const text = textReader()
  let end = 0
  const reader: XmlReader = {
    open: (name) => (name === 'si' ? text.begin() : text.open(name)),
    text: text.text,
    close(name) {
      if (name !== 'si') return text.close(name)
      const whole = Buffer.from(text.end())
      end += whole.length
      if (ends.push(end) > maxTexts) throw new ContentError('it has more texts than can be kept: save it as CSV')
      texts.push(whole)
    },
  }
  yield* readXml(bytes, reader, () => Buffer.concat(texts.splice(0)))
}

/** Excel keeps 32,767 characters; other programs may write more. */
const maxLength = 16 * 1024 * 1024

/** Collects the text of a cell, which may stand in pieces of different looks; how it is pronounced (`rPh`) is no part of it. */
export function textReader() {
  let pieces: string[] = []
  let length = 0
  let [isText, isSound] = [false, false]
  return {
    begin() {
      pieces = []
      length = 0
      isText = false
      isSound = false
    },
    open(name: string) {
      if (name === 't') isText = !isSound
      else if (name === 'rPh') isSound = true
    },
    text(text: string) {
      if (!isText) return
      pieces.push(text)
      length += text.length
      if (length > maxLength) throw new ContentError('it is damaged: a cell is longer than a cell can be; get it again')
    },
    close(name: string) {
      if (name === 't') isText = false
      else if (name === 'rPh') isSound = false
    },
    end: () => unescaped(pieces.join('')),
  }
}

/** A text with the characters that stand in it as `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

const windowBytes = 64 * 1024

/** Reads texts from a file, a window at a time: most stand in the order in which they are asked for. */
function readerOf({ file }: Spooled): ((start: number, end: number) => string) & { close(): void } {
  const handle = openSync(file, 'r')
  let window = Buffer.alloc(0)
  let from = 0
  const read = (start: number, end: number): string => {
    if (start < from || end > from + window.length) {
      const bytes = Buffer.alloc(Math.max(windowBytes, end - start))
      window = bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, start))
      from = start
    }
    return window.toString('utf8', start - from, end - from)
  }
  return Object.assign(read, { close: () => closeSync(handle) })
}
