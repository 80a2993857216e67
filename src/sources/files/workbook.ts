import { asContentError, type Content, ContentError, reasonOf, type Unreadable } from './content.ts'
import { readingOf } from './decoded.ts'
import { bombReason, isBomb } from './limits.ts'
import { sharedStrings } from './shared-strings.ts'
import { type SheetRow, sheetRows } from './sheet-rows.ts'
import { type Source, unpacked } from './source.ts'
import type { Spooled } from './spool.ts'
import { dateWatch, withDaysBack } from './swapped-dates.ts'
import { contentOnDisk } from './told-as-lines.ts'
import type { Unpacking } from './unpacking.ts'
import { workbookParts } from './workbook-parts.ts'
import type { Member } from './zip-directory.ts'
import { memberReasonOf, memberSource } from './zip-member.ts'

/** The zip that a workbook is. */
interface Zip {
  readonly source: Source
  readonly file: string
  readonly members: readonly Member[]
}

/**
 * The sheets of an Excel workbook (ECMA-376), hidden ones and rows too, each as the CSV that a spreadsheet would write of it, but for times, which are
 * ISO 8601. Rows keep their numbers. A first sheet goes by the SHA-256 of the workbook, a further one by that of the workbook's bytes with the sheet's
 * name behind them: no part of it has all that a sheet says.
 */
export async function* unpackWorkbook(zip: Zip, at: Unpacking): AsyncGenerator<Content | Unreadable> {
  const { path, named, depth, modified, lying = zip.source } = zip.source
  const open = opener(zip, at)
  const packed = zip.members.reduce((sum, { entry }) => sum + entry.compressedSize, 0)
  try {
    const { sheets, strings, ...cells } = await workbookParts(open)
    if (sheets.length === 0) yield { path, named, reason: 'the workbook has no sheet with cells' }
    const shared = await sharedStrings(strings, at)
    try {
      for (const [i, { name, part }] of sheets.entries()) {
        const about = { path: at.names.unique(path, name), named, depth: depth + 1, modified }
        const sheet = { ...about, lying: i === 0 ? lying : followedBy(lying, name) }
        const rows = async function* () {
          yield* sheetRows(open(part) ?? nothing(), { ...cells, textAt: shared.at })
          if (shared.damage !== undefined) throw shared.damage
        }
        yield await sheetContent(sheet, { rows, packed }, at)
      }
    } finally {
      await shared.close()
    }
  } catch (error) {
    yield { path, named, reason: reasonOf(asContentError(error, at.signal)) }
  }
}

function opener({ source, file, members }: Zip, { limits, signal }: Unpacking) {
  const byName = new Map(members.map((member) => [member.name.toLowerCase(), member]))
  return (name: string): AsyncIterable<Buffer> | undefined => {
    const member = byName.get(name.toLowerCase())
    const reason = member === undefined ? undefined : memberReasonOf(member)
    if (reason !== undefined) throw new ContentError(reason)
    return member && memberSource(file, member, source).open(readingOf(signal, limits), 0)
  }
}

async function* nothing(): AsyncGenerator<Buffer> {}

/** The same bytes with a name behind them. */
function followedBy(lying: Source, name: string): Source {
  const { path, named, depth } = lying
  return unpacked({ path, named, depth }, async function* (reading) {
    yield* lying.open(reading, 0)
    yield Buffer.from(name)
  })
}

interface Rows {
  /** All of them, from the first on. */
  readonly rows: () => AsyncIterable<Iterable<SheetRow>>
  /** How many bytes they were packed into. */
  readonly packed: number
}

/** A sheet as CSV on the disk; one that is damaged ends with the reason behind what can be read of it. */
async function sheetContent(sheet: Omit<Source, 'open'>, rows: Rows, at: Unpacking): Promise<Content | Unreadable> {
  const first = await written(rows, {}, at)
  const made = first.needs === undefined ? first : await writtenAgain(first, rows, at)
  return contentOnDisk(sheet, { ...made, empty: { path: sheet.path, named: false, reason: 'the sheet is empty' } }, at)
}

interface Written {
  readonly spooled: Spooled
  /** What its end told that its beginning did not, if anything: it has to be written again. */
  readonly needs: Known | undefined
  readonly damage: ContentError | undefined
}

/** What only all of a sheet tells. */
interface Known {
  /** How many cells its longest row has: all rows of a CSV have as many, so that what stands beside a table costs no row of it. */
  readonly width?: number
  /** In which columns day and month stand for each other. */
  readonly swapped?: ReadonlySet<number>
}

async function writtenAgain({ spooled, needs = {} }: Written, rows: Rows, at: Unpacking): Promise<Written> {
  await spooled.remove()
  return written(rows, needs, at)
}

/** What is written at a time. */
const pieceLength = 256 * 1024

async function written({ rows, packed }: Rows, known: Known, at: Unpacking): Promise<Written> {
  const { limits, spooledBytes, signal, spool } = at
  const watch = dateWatch()
  let { width } = known
  let widest = 0
  let damage: ContentError | undefined
  let next = 1
  let bytes = 0
  let text = ''
  const taken = (): Buffer => {
    const piece = Buffer.from(text)
    text = ''
    return piece
  }
  const lines = async function* (): AsyncGenerator<Buffer> {
    try {
      for await (const some of rows()) {
        for (const row of some) {
          watch.see(row)
          const { number, cells } = withDaysBack(row, known.swapped ?? none)
          width ??= cells.length
          widest = Math.max(widest, cells.length)
          bytes += cells.reduce((sum, cell) => sum + cell.length, 0)
          if (isBomb(bytes, packed, limits)) throw new ContentError(bombReason(bytes, packed))
          text += `${'\n'.repeat(number - next)}${lineOf(cells, width)}\n`
          next = number + 1
          if (text.length > pieceLength) yield taken()
        }
      }
    } catch (error) {
      damage = asContentError(error, signal)
    }
    yield taken()
  }
  const spooled = await spool.write(lines(), limits.spooledBytes - spooledBytes, signal)
  const swapped = watch.swapped()
  const isKnown = (width ?? 0) >= widest && swapped.size === (known.swapped ?? none).size
  return { spooled, needs: isKnown ? undefined : { width: widest, swapped }, damage }
}

const none: ReadonlySet<number> = new Set()

function lineOf(cells: readonly string[], width: number): string {
  return cells.map(quoted).join(',') + ','.repeat(Math.max(0, width - cells.length))
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
