import { ContentError } from './content.ts'
import { type ShownTime, serialText } from './serial-dates.ts'
import { textReader, unescaped } from './shared-strings.ts'
import { readXml, type XmlReader } from './xml.ts'

/** What the cells of a sheet are told by. */
export interface CellTexts {
  readonly textAt: (index: number) => string
  /** What of a time the numbers of each style show, by the style's number. */
  readonly styles: readonly (ShownTime | undefined)[]
  readonly is1904: boolean
}

/** A row that has something, by its number in the sheet; cells without anything behind the last are left out. */
export interface SheetRow {
  readonly number: number
  readonly cells: readonly string[]
  /** The columns whose cells are times of the spreadsheet's own. */
  readonly dated: readonly number[]
}

// Excel's specifications and limits: a sheet has no more.
const [maxRows, maxColumns] = [1_048_576, 16_384] as const

/** More is read as one row by nobody. */
const maxRowLength = 16 * 1024 * 1024

/**
 * The rows of a sheet (ECMA-376 part 1, 18.3), hidden ones too, some at a time, each made as it is asked for: a text that cells share may be a million
 * times as long as what names it. Throws `ContentError` behind all that can be read.
 */
export async function* sheetRows(bytes: AsyncIterable<Buffer>, texts: CellTexts): AsyncGenerator<Iterable<SheetRow>> {
  const rows: RawRow[] = []
  const told = function* (): Generator<SheetRow> {
    for (const row of rows.splice(0)) yield* rowOf(row, texts)
  }
  const inline = textReader()
  let number = 0
  let isRow = false
  let cells = new Map<number, Cell>()
  let length = 0
  let cell: Place = { column: -1, type: 'n', style: 0 }
  let value: string[] = []
  let isValue = false
  const reader: XmlReader = {
    open(name, attributes) {
      if (name === 'row') {
        number = Math.max(number + 1, Number(attributes['r'] ?? 0))
        if (!(number <= maxRows)) throw new ContentError(beyond)
        if (isRow || !Number.isInteger(number)) throw new ContentError(notInOrder)
        isRow = true
        cells = new Map()
        length = 0
        cell = { column: -1, type: 'n', style: 0 }
      } else if (name === 'c') {
        cell = placeOf(attributes, cell.column + 1)
        value = []
        inline.begin()
      } else if (name === 'v') isValue = true
      else inline.open(name)
    },
    text(text) {
      if (isValue) value.push(text)
      else inline.text(text)
    },
    close(name) {
      if (name === 'v') isValue = false
      else if (name === 'c') {
        const text = cell.type === 'inlineStr' ? inline.end() : value.join('')
        if (text !== '') cells.set(cell.column, { ...cell, value: text })
        length += text.length
        if (length > maxRowLength) throw new ContentError(tooLong)
      } else if (name === 'row') {
        rows.push({ number, cells: [...cells.values()] })
        isRow = false
      } else inline.close(name)
    },
  }
  yield* readXml(bytes, reader, told)
}

const beyond = 'it is damaged: it has more rows or columns than a sheet can have; get it again'
const notInOrder = 'it is damaged: its rows do not follow each other; get it again'

interface Place {
  readonly column: number
  readonly type: string
  readonly style: number
}

/** A cell as it stands there: of a text that cells share, its number. */
interface Cell extends Place {
  readonly value: string
}

interface RawRow {
  readonly number: number
  readonly cells: readonly Cell[]
}

function placeOf({ r, t, s }: Readonly<Record<string, string>>, next: number): Place {
  const column = r === undefined ? next : columnOf(r)
  if (!(column >= 0 && column < maxColumns)) throw new ContentError(beyond)
  return { column, type: t ?? 'n', style: Number(s ?? 0) }
}

/** The place of a column by its letters: 0 of `A1`, 27 of `AB12`. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of /^[A-Z]{0,4}/i.exec(reference)?.[0].toUpperCase() ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** A row that has something. */
function* rowOf({ number, cells: raw }: RawRow, texts: CellTexts): Generator<SheetRow> {
  const cells: string[] = []
  const dated: number[] = []
  let length = 0
  for (const cell of raw) {
    const text = textOf(cell, texts)
    if (text === '') continue
    length += text.length
    if (length > maxRowLength) throw new ContentError(tooLong)
    while (cells.length < cell.column) cells.push('')
    cells[cell.column] = text
    if (cell.type === 'n' && texts.styles[cell.style] !== undefined) dated.push(cell.column)
  }
  if (cells.length > 0) yield { number, cells, dated }
}

const tooLong = 'it is damaged: a row is longer than a row can be; get it again'

/** As a spreadsheet would write it into a CSV, but times as ISO 8601, which no setting of a computer changes. */
function textOf({ type, style, value }: Cell, { textAt, styles, is1904 }: CellTexts): string {
  if (value === '' || type === 'inlineStr') return value
  if (type === 's') return textAt(Number(value))
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type !== 'n') return unescaped(value)
  const shown = styles[style]
  return shown === undefined ? value : serialText(value, shown, is1904)
}
