import { zipOf } from './zip.ts'

/** A cell as it stands in a sheet: a text, a number with a style, or its own XML. */
export type SheetCell =
  | string
  | { readonly number: number | string; readonly style?: number }
  | { readonly xml: string }

/** A sheet: its rows by their number, from 1 on, or its own XML. */
export interface TestSheet {
  readonly name: string
  readonly rows?: readonly (readonly (SheetCell | undefined)[])[]
  readonly xml?: string
  readonly state?: string
}

interface Options {
  readonly is1904?: boolean
  /** What a style of cells is written in, by the id of a number format or its code. */
  readonly styles?: readonly (number | string)[]
  /** Parts that are other than usual. */
  readonly parts?: Readonly<Record<string, string>>
}

const declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const related = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'

/** A workbook as Excel saves it: its texts are shared by its sheets. */
export function workbookOf(sheets: readonly TestSheet[], options: Options = {}): Buffer {
  return zipOf(...Object.entries(partsOf(sheets, options)).map(([name, content]) => ({ name, content })))
}

/** Its parts by their names. */
export function partsOf(sheets: readonly TestSheet[], options: Options = {}): Record<string, string> {
  const { is1904 = false, styles = [], parts = {} } = options
  const texts: string[] = []
  const sheetXmls = sheets.map(({ rows = [], xml }) => xml ?? sheetOf(rows, texts))
  const relations = [...sheets.map((_, i) => `worksheets/sheet${i + 1}.xml`), 'styles.xml', 'sharedStrings.xml'].map(
    (target, i) => {
      const type = target.startsWith('worksheets') ? 'worksheet' : target.replace('.xml', '')
      return `<Relationship Id="rId${i + 1}" Type="${related}/${type}" Target="${target}"/>`
    },
  )
  const listed = sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${name}" sheetId="${i + 7}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
  )
  return {
    '[Content_Types].xml': `${declared}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': `${declared}<Relationships ${packaged}><Relationship Id="rId1" Type="${related}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${declared}<workbook ${main} xmlns:r="${related}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${declared}<Relationships ${packaged}>${relations.join('')}</Relationships>`,
    'xl/styles.xml': stylesOf(styles),
    'xl/sharedStrings.xml': `${declared}<sst ${main}>${texts.join('')}</sst>`,
    ...Object.fromEntries(sheetXmls.map((xml, i) => [`xl/worksheets/sheet${i + 1}.xml`, xml])),
    ...parts,
  }
}

function sheetOf(rows: NonNullable<TestSheet['rows']>, texts: string[]): string {
  const written = rows.map((cells, i) => {
    const inside = cells.map((cell, j) => (cell === undefined ? '' : cellOf(cell, `${columnOf(j)}${i + 1}`, texts)))
    return cells.length === 0 ? '' : `<row r="${i + 1}">${inside.join('')}</row>`
  })
  return `${declared}<worksheet ${main}><dimension ref="A1"/><sheetData>${written.join('')}</sheetData></worksheet>`
}

function cellOf(cell: SheetCell, place: string, texts: string[]): string {
  if (typeof cell === 'string') {
    const index = texts.push(`<si><t xml:space="preserve">${escaped(cell)}</t></si>`) - 1
    return `<c r="${place}" t="s"><v>${index}</v></c>`
  }
  if ('xml' in cell) return cell.xml
  return `<c r="${place}"${cell.style === undefined ? '' : ` s="${cell.style}"`}><v>${cell.number}</v></c>`
}

function columnOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnOf(Math.floor(index / 26) - 1) + letter
}

function stylesOf(styles: readonly (number | string)[]): string {
  const codes = styles.map((style, i) =>
    typeof style === 'number' ? '' : `<numFmt numFmtId="${164 + i}" formatCode="${escaped(style)}"/>`,
  )
  const cells = styles.map((style, i) => `<xf numFmtId="${typeof style === 'number' ? style : 164 + i}"/>`)
  const named = '<cellStyleXfs count="1"><xf numFmtId="14"><alignment/></xf></cellStyleXfs>'
  return `${declared}<styleSheet ${main}><numFmts>${codes.join('')}</numFmts>${named}<cellXfs>${cells.join('')}</cellXfs></styleSheet>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
