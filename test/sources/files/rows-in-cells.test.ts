import { expect, test } from '@jest/globals'
import { restore } from '#src/sources/files/digest.ts'
import { digestFile } from '../../support/files.ts'
import { fileOf } from '../../support/folder.ts'

const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'
const record = (number: number, mails = 1) => ({
  CreationTime: '2026-03-09T08:15:21',
  Id: `7b1e64a2-0f3d-4c58-9a51-1de0c2f7a00${number}`,
  Operation: 'MailItemsAccessed',
  UserId: 'alice@contoso.example',
  ClientInfoString: `Client=OWA;${agent}`,
  Folders: [
    { FolderItems: Array.from({ length: mails }, (_, mail) => ({ InternetMessageId: `<${mail}@contoso.example>` })) },
  ],
})
type Audit = ReturnType<typeof record>

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
/** What the Purview portal writes of some records. */
const purview = (records: readonly Audit[]) => [
  'RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits',
  ...records.map(
    (one) => `${one.Id},2026-03-09T08:15:21Z,50,${one.Operation},${one.UserId},${quoted(JSON.stringify(one))},`,
  ),
]
/** What Export-Csv writes of them. */
const exported = (records: readonly Audit[]) => [
  '"CreationDate","UserIds","Operations","AuditData"',
  ...records.map((one) => ['9.3.2026 08:15:21', one.UserId, one.Operation, JSON.stringify(one)].map(quoted).join(',')),
]

/** What a spreadsheet saves of lines that it opened with a delimiter that is not theirs: it takes a quote for one where a cell begins with it. */
function savedAgain(lines: readonly string[], delimiter: string): string {
  const rows = lines.map((line) => {
    const opened = /^"((?:[^"]|"")*)"/.exec(line)
    const begin = opened === null ? '' : (opened[1] ?? '').replaceAll('""', '"')
    return (begin + line.slice(opened?.[0].length ?? 0)).split(delimiter).map((cell) => cell.slice(0, 32_767))
  })
  const width = Math.max(...rows.map((cells) => cells.length))
  const written = rows.map((cells) =>
    Array.from({ length: width }, (_, i) => cells[i] ?? '').map((cell) => (/[";,]/.test(cell) ? quoted(cell) : cell)),
  )
  return written.map((cells) => `${cells.join(delimiter)}\r\n`).join('')
}

/** What a spreadsheet saves of lines that were pasted into its first column. */
const pasted = (lines: readonly string[]) => lines.map((line) => `${quoted(line)}\r\n`).join('')

test.each([
  [
    'a download of Purview that a German spreadsheet saved again',
    savedAgain(purview([record(1), record(2)]), ';'),
    'purview-csv',
  ],
  ['what Export-Csv wrote and it saved again', savedAgain(exported([record(1), record(2)]), ';'), 'compliance-csv'],
  ['lines pasted into one column', pasted(purview([record(1), record(2)])), 'purview-csv'],
])('%s is read as what it was', async (_, text, shape) => {
  const { format, activities, rejected } = await digestFile(fileOf(text))

  expect(rejected).toEqual([])
  expect(format.shape).toBe(shape)
  expect(activities).toMatchObject([
    { id: record(1).Id, truncated: false, record: record(1) },
    { id: record(2).Id, truncated: false, record: record(2) },
  ])
  expect(activities.map(({ content }) => restore(format, content).record)).toMatchObject([record(1), record(2)])
})

test('a row that was cut off in a cell is an event with what is left, and what stood in cells behind is not put on', async () => {
  const text = savedAgain(
    purview([record(1), record(2, 1500), { ...record(3, 1500), Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a003;b' }]),
    ';',
  )

  const { activities, rejected } = await digestFile(fileOf(text))

  expect(rejected).toEqual([])
  expect(activities).toMatchObject([{ truncated: false }, { id: record(2).Id, truncated: true }, { truncated: true }])
})

test('a header once more is told as one in cells, too', async () => {
  const [header = '', ...rows] = purview([record(1), record(2)])

  const { activities, rejected } = await digestFile(fileOf(pasted([header, ...rows, header])))

  expect(activities).toHaveLength(2)
  expect(rejected).toMatchObject([{ reason: expect.stringContaining('the header once more') }])
})

test('rows as they should be are read as they are, whatever else their cells hold', async () => {
  const text = `AuditData;CreationDate\r\n${quoted(JSON.stringify(record(1)))};2026-03-09T08:15:21Z\r\n`

  const { format, activities } = await digestFile(fileOf(text))

  expect(format).not.toHaveProperty('sheetDelimiter')
  expect(activities).toMatchObject([{ id: record(1).Id }])
})
