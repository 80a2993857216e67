import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { openReader } from '#src/case/reader.ts'
import { openCase } from '#src/case/store.ts'
import { render } from '#src/render/render.ts'
import { partRenderer } from '#src/reports/render-part.ts'
import { cell } from '#src/reports/tsv/cell.ts'
import { writeReports } from '#src/reports/write.ts'
import { pythonString } from '../../samples/retriever-csv.ts'
import { importFile } from '../support/case.ts'
import { csvLine } from '../support/csv.ts'
import { header } from '../support/files.ts'
import { fileOf, temporaryFolder } from '../support/folder.ts'

const sample = join(import.meta.dirname, '../fixtures/retriever/retriever-lmg-with-apostrophes.csv')
const browser =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/67.0.3396.99 Safari/537.36'

test.each<[string | number | undefined, string]>([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['"quoted" at the start', `'"quoted" at the start`],
  ['\t=1+1', "'\\t=1+1"],
  ['\r=1+1', "'\\r=1+1"],
  ['\n=1+1', '\\n=1+1'],
  [-5, "'-5"],
  ['a=b+c-d@e "f"', 'a=b+c-d@e "f"'],
  ['two\tcells', 'two\\tcells'],
  ['two\r\nlines', 'two\\r\\nlines'],
  ['nul\u0000bell\u0007delete\u007fnel\u0085', 'nul\\u0000bell\\u0007delete\\u007fnel\\u0085'],
  ['invoice\u202efdp.exe', 'invoice\\u202efdp.exe'],
  ['\u200e\u200f\u202a\u202b\u202c\u202d', '\\u200e\\u200f\\u202a\\u202b\\u202c\\u202d'],
  ['\u2066\u2067\u2068\u2069', '\\u2066\\u2067\\u2068\\u2069'],
  ['\u2028\u2029\ufeff', '\\u2028\\u2029\\ufeff'],
  ["O'Neil's café; 'tis 100 % 😀", "O'Neil's café; 'tis 100 % 😀"],
  ['', ''],
  [0, '0'],
  [undefined, ''],
])('value %# becomes a cell that can be read and not run', (value, expected) => {
  expect(cell(value)).toBe(expected)
})

test.each([
  ['of letters', 'a'.repeat(32_760), 'a'.repeat(100)],
  ['of what hides', '\u200b'.repeat(10_000), '\\u200b\\u200b'],
  ['that is run', '='.repeat(40_000), "'===="],
])('a cell %s goes on in no row of its own, where Excel would have it begin with whatever it says', (_, text, start) => {
  const written = cell(`${text}=HYPERLINK("http://evil.example")`)

  expect(written.length).toBeLessThan(32_767)
  expect(written.startsWith(start)).toBe(true)
  expect(written).toMatch(/ … \([\d]+ characters left out\) … .*=HYPERLINK\("http:\/\/evil\.example"\)$/)
})

// Wants `\u061c` beside `\u200e\u200f` in cell.ts.
test('the Arabic letter mark, which turns the reading direction too, is made visible', () => {
  expect(cell('invoice\u061cfdp.exe')).toBe('invoice\\u061cfdp.exe')
})

const readHeader = 'Date\tTime\tType\tPlatform\tSubject\tFrom\tReceived Date\tLast Login IP'
const attachmentHeader = `Date\tTime\tPlatform\tSubject\tFrom\tReceived Date\tAction\tLast Login IP\tActivity Item ID`

test('logons are told from where, by whom and with what, whatever the client', async () => {
  const tables = await tablesOf(sample)

  expect(tables.get('logon-activity', 'Date\tTime\tSource IP\tLogon Type\tApp Type\tUser\tClient')).toEqual([
    `2018-06-20\t09:00:00.000Z\t198.51.100.10\tServerLogon\tExchange\talice@contoso.example\t${browser}`,
    `2018-06-20\t09:00:01.000Z\t198.51.100.10\tLogon\tWeb\talice@contoso.example\t${browser}+Preload+Preload`,
    '2018-06-20\t10:00:00.000Z\t203.0.113.66\tServerLogon\tExchange\talice@contoso.example\tcurl/7',
    `2018-06-20\t11:00:00.000Z\t198.51.100.10\tServerLogon\tExchange\talice@contoso.example\t${browser}`,
    '2018-06-20\t11:04:00.000Z\t192.0.2.77\tServerLogon\tIMAP4\talice@contoso.example\timap',
    `2018-06-21\t08:01:00.000Z\t198.51.100.99\tServerLogon\tExchange\to'neil@contoso.example\t${browser}`,
  ])
})

const reads = [
  '2018-06-20\t09:01:00.000Z\tReadingPaneDisplayStart\tWeb\tInvoice 1001\tbob@example.com\t6/20/2018 8:00:00 AM\t198.51.100.10',
  '2018-06-20\t09:02:00.000Z\tReadingPaneDisplayEnd\tWeb\tInvoice 1001\tbob@example.com\t6/20/2018 8:00:00 AM\t198.51.100.10',
  "2018-06-20\t10:01:00.000Z\tReadingPaneDisplayStart\tWeb\tO'Neil's wire, transfer: urgent\to'neil@example.com\t6/20/2018 8:05:00 AM\t203.0.113.66",
  '2018-06-20\t10:06:00.000Z\tReadingPaneDisplayStart\tMobile\tNo Data\tdan@example.com\t6/19/2018 1:00:00 PM\t203.0.113.66',
  '2018-06-20\t11:01:00.000Z\tReadingPaneDisplayStart\tOutlook\tMulti\\tline\\nsubject "quoted"; café\teve@example.com\t6/20/2018 8:06:00 AM\t198.51.100.10',
] as const

test('reads come with the mail and with the address of the logon before, also the second time it logs on', async () => {
  const tables = await tablesOf(sample)

  expect(tables.get('read-activity-by-time', readHeader)).toEqual(reads)
})

test('reads by item stand under their item, with a header each, in the order of first reading', async () => {
  const tables = await tablesOf(sample)

  const lines = (await tables.text('read-activity-by-item'))
    .trimEnd()
    .split('\n')
    .map((line) => cut(line, readHeader))

  expect(lines).toEqual([
    ...['AAMkAGI1AAA=', readHeader, reads[0], reads[1]],
    ...['AAMkAGI2AAA=', readHeader, reads[2]],
    ...['AAMkAGI9AAA=', readHeader, reads[3]],
    ...['AAMkAGI3AAA=', readHeader, reads[4]],
  ])
})

test('searches are told with what was typed, apostrophes included', async () => {
  const tables = await tablesOf(sample)

  expect(tables.get('search-activity', 'Date\tTime\tPlatform\tQuery\tLast Login ip')).toEqual([
    '2018-06-20\t10:02:00.000Z\tWeb\twire transfer\t203.0.113.66',
    '2018-06-20\t10:03:00.000Z\tWeb\tinvo\t203.0.113.66',
    "2018-06-21\t08:00:00.000Z\tWeb\to'neil contract\t192.0.2.77",
  ])
})

test('attachments are told with their mail and with what was done', async () => {
  const tables = await tablesOf(sample)

  expect(tables.get('attachments-activity', attachmentHeader)).toEqual([
    '2018-06-20\t10:04:00.000Z\tWeb\tInvoice 1001\tbob@example.com\t6/20/2018 8:00:00 AM\tDownload\t203.0.113.66\tAAMkAGI1AAA=',
  ])
})

test('every activity of a case stands in one table, and leads back to its file and row', async () => {
  const tables = await tablesOf(sample)

  const rows: string[] = []
  for (const name of tables.names.filter((name) => name !== 'read-activity-by-item')) {
    const [head = '', ...lines] = linesOf(await tables.text(name))
    const columns = head.split('\t')
    for (const line of lines) {
      const cells = line.split('\t')
      expect(cells).toHaveLength(columns.length)
      expect(cells[columns.indexOf('File')]).toBe(sample)
      rows.push(cells[columns.indexOf('Row')] ?? '')
    }
  }
  expect(rows.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 22 }, (_, i) => i + 2))
})

const hostile = [
  '=HYPERLINK("http://x.example")',
  '-1\n+1\t@x',
  '"\r\n"',
  '\u202etxt\u0000',
  '\n\n\t\t',
  '+',
  "'",
  '\ufeff=1',
]
const operations = [
  'ServerLogon',
  'ReadingPaneDisplayStart',
  'SearchResult',
  'OpenedAnAttachment',
  'MessageSent',
  'Delete',
  '=1+1',
]

test('whatever records hold, rows stay whole, and no cell can be run or hide', async () => {
  const tables = await tablesOf(fileOf([header, ...hostileRows((text) => `item ${text.length}`)].join('\n')))

  for (const name of tables.names) {
    const lines = linesOf(await tables.text(name))
    const width = name === 'read-activity-by-item' ? undefined : lines[0]?.split('\t').length
    for (const line of lines) {
      const cells = line.split('\t')
      expect(cells.filter((text) => /^[=+\-@"\r]/.test(text))).toEqual([])
      expect(line).not.toMatch(/[^\P{C}\t]/u)
      if (width !== undefined) expect(cells).toHaveLength(width)
    }
  }
})

test('whatever an item is called, the table by item stays whole, and none can be run or hide', async () => {
  const tables = await tablesOf(fileOf([header, ...hostileRows((text) => text)].join('\n')))

  const lines = (await tables.text('read-activity-by-item')).trimEnd().split('\n')

  expect(lines.filter((line) => /^[=+\-@"\r]/.test(line) || /[^\P{C}\t]/u.test(line))).toEqual([])
})

/** A row for each operation and each text, with the text wherever a record can hold one. */
function hostileRows(itemOf: (text: string) => string): string[] {
  const names = ['UserName', 'ClientIP', 'UserAgent', 'ExceptionInfo', 'Query', 'Subject', 'From', 'SenderAddress']
  const more = ['ReceivedTime', 'InternetMessageId', 'AttachmentAction', 'Recipients', 'UserAgent']
  return operations.flatMap((operation, i) =>
    hostile.map((text) => {
      const literal = [...names, ...more].map((name) => `'${name}': ${pythonString(text)}`).join(', ')
      return csvLine([`2018-06-20T08:0${i}:00.000Z`, text, operation, itemOf(text), '', text, `{${literal}}`], {
        delimiter: ',',
      })
    }),
  )
}

interface Tables {
  readonly names: readonly string[]
  text(name: string): Promise<string>
  /** A table's rows, cut to these columns, which must be its first. */
  get(name: string, columns: string): readonly string[]
}

/** Imports a file into a case of its own and writes the case's tables. */
async function tablesOf(path: string): Promise<Tables> {
  const [folder, reports] = [temporaryFolder(), temporaryFolder()]
  const store = openCase(folder)
  await importFile(store, path)
  store.close()
  const reader = openReader(folder)
  const parts = async function* () {
    for (const slice of reader.slices({ after: 0, until: reader.lastSeq() }, 5)) {
      yield partRenderer(false, true)(render(reader, slice))
    }
  }
  await writeReports(parts(), { folder: reports, title: 'case', withDocuments: false })
  reader.close()
  const files = (await readdir(reports)).filter((name) => name.endsWith('.tsv'))
  const texts = new Map<string, string>()
  for (const file of files) {
    texts.set(file.replace(/^case-(.*)\.tsv$/, '$1'), await readFile(join(reports, file), 'utf8'))
  }
  return {
    names: [...texts.keys()],
    text: async (name) => texts.get(name) ?? '',
    get(name, columns) {
      const [head = '', ...rows] = (texts.get(name) ?? '').trimEnd().split('\n')
      expect(cut(head, columns)).toBe(columns)
      return rows.map((row) => cut(row, columns))
    },
  }
}

/** Without the last line's end; empty cells at a line's end stay. */
function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n')
}

function cut(line: string, columns: string): string {
  return line.split('\t').slice(0, columns.split('\t').length).join('\t')
}
