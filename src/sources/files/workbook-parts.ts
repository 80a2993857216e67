import { posix } from 'node:path'
import { ContentError } from './content.ts'
import { type ShownTime, timeShownBy } from './serial-dates.ts'
import { readXml } from './xml.ts'

/** Opens a part of a workbook by its name; undefined where it has none of that name. */
export type OpenPart = (name: string) => AsyncIterable<Buffer> | undefined

/** What is read of a workbook beside the cells of its sheets. */
export interface WorkbookParts {
  /** The sheets of cells, hidden ones too, in their order, and the names of their parts. */
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  /** Whether its calendar begins in 1904. */
  readonly is1904: boolean
  /** What of a time the numbers of each style show, by the style's number. */
  readonly styles: readonly (ShownTime | undefined)[]
  /** The part with the texts that its sheets share. */
  readonly strings: AsyncIterable<Buffer> | undefined
}

/** Reads what a workbook says of its sheets (ECMA-376 part 1, 18.2 and 18.8; part 2, 9.3). Throws `ContentError` where it does not. */
export async function workbookParts(open: OpenPart): Promise<WorkbookParts> {
  const [main = ''] = (await relationsOf('', open)).filter(({ type }) => type === 'officeDocument').map(partOf)
  if (main.endsWith('.bin')) throw new ContentError('a binary Excel workbook (.xlsb): save it as .xlsx or CSV')
  const parts = await relationsOf(main, open)
  const sheets: { name: string; part: string }[] = []
  let is1904 = false
  await read(open(main), (name, attributes) => {
    if (name === 'workbookPr') is1904 = /^(?:1|true|on)$/.test(attributes['date1904'] ?? '')
    if (name !== 'sheet') return
    const [, id] = Object.entries(attributes).find(([attribute]) => /:id$/.test(attribute)) ?? []
    const sheet = parts.find((part) => part.id === id && part.type === 'worksheet')
    if (sheet !== undefined) sheets.push({ name: attributes['name'] ?? '', part: sheet.part })
  })
  const partOfType = (wanted: string) => open(parts.find(({ type }) => type === wanted)?.part ?? '')
  return { sheets, is1904, styles: await stylesIn(partOfType('styles')), strings: partOfType('sharedStrings') }
}

interface Relation {
  readonly id: string
  /** The last word of its type, which the two forms of the standard share. */
  readonly type: string
  readonly part: string
}

const partOf = ({ part }: Relation) => part

/** What a part says of others it goes with. */
async function relationsOf(part: string, open: OpenPart): Promise<Relation[]> {
  const folder = posix.dirname(part)
  const relations: Relation[] = []
  await read(open(posix.join(folder, '_rels', `${posix.basename(part)}.rels`)), (name, attributes) => {
    if (name !== 'Relationship') return
    const { Id: id = '', Type: type = '', Target: target = '' } = attributes
    const resolved = posix.resolve('/', folder, target).slice(1)
    relations.push({ id, type: posix.basename(type), part: resolved })
  })
  return relations
}

async function stylesIn(bytes: AsyncIterable<Buffer> | undefined): Promise<(ShownTime | undefined)[]> {
  const own = new Map<number, ShownTime | undefined>()
  const styles: (ShownTime | undefined)[] = []
  if (bytes === undefined) return styles
  let isCells = false
  await read(bytes, (name, { numFmtId, formatCode = '' }) => {
    // Formats stand before what cells have of them; named styles have the same elements.
    const id = Number(numFmtId ?? 0)
    if (name === 'numFmt') own.set(id, timeShownBy(id, formatCode))
    else if (name === 'xf' && isCells) styles.push(own.has(id) ? own.get(id) : timeShownBy(id, undefined))
    else if (name === 'cellXfs' || name === 'cellStyleXfs') isCells = name === 'cellXfs'
  })
  return styles
}

/** Excel has 65,490 styles of cells at most, of a few elements each. */
const maxElements = 1_000_000

async function read(
  bytes: AsyncIterable<Buffer> | undefined,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
): Promise<void> {
  if (bytes === undefined) throw new ContentError('the workbook is damaged: a part of it is missing; get it again')
  let elements = 0
  const counted: typeof open = (name, attributes) => {
    elements += 1
    if (elements > maxElements) throw new ContentError('it has more sheets or styles than can be read: save it as CSV')
    open(name, attributes)
  }
  for await (const _ of readXml(bytes, { open: counted }, () => undefined));
}
