import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { expect, test } from '@jest/globals'
import { limits } from '#src/sources/files/limits.ts'
import { sheetRows } from '#src/sources/files/sheet-rows.ts'
import { discovered, lines, only, readable, textOf } from '../../support/discovered.ts'
import { fileOf } from '../../support/folder.ts'
import { partsOf, type SheetCell, workbookOf } from '../../support/workbook.ts'
import { zipOf } from '../../support/zip.ts'

const never = new AbortController().signal
const time = { number: '44334.884409722226', style: 1 }
const sha256 = (...pieces: (string | Buffer)[]) => {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}

test('a sheet is a CSV with its rows under their numbers, and times that no setting changes', async () => {
  const rows = [
    [],
    ['Received', 'SenderAddress', 'Size', 'Subject'],
    [time, 'alice@contoso.example', { number: 56803 }, 'a "quoted", word'],
    [],
    [time, undefined, { number: '1.5E-3' }],
  ]
  const path = fileOf(workbookOf([{ name: 'Export', rows }], { styles: [0, 'm/d/yyyy\\ h:mm'] }), 'trace.xlsx')

  const found = await discovered([path])

  expect(lines(found, path)).toEqual(['Export'])
  const { text } = await textOf(only(found))
  expect(text.toString()).toBe(
    '\nReceived,SenderAddress,Size,Subject\n' +
      '2021-05-18T21:13:33,alice@contoso.example,56803,"a ""quoted"", word"\n' +
      '\n2021-05-18T21:13:33,,1.5E-3,\n',
  )
  expect((await textOf(only(found), 8)).text).toEqual(text.subarray(8))
})

test('what stands beside a table costs no row of it', async () => {
  const rows = [['A', 'B'], ['1', '2'], ['3', '4', undefined, 'seen by me'], ['5']]
  const path = fileOf(workbookOf([{ name: 'S', rows }]), 'a.xlsx')

  expect((await textOf(only(await discovered([path])))).text.toString()).toBe('A,B,,\n1,2,,\n3,4,,seen by me\n5,,,\n')
})

test('cells of every kind are what a spreadsheet would write', async () => {
  const cells = [
    '<c t="inlineStr"><is><r><t>in</t></r><r><rPr><b/></rPr><t xml:space="preserve"> pieces</t></r></is></c>',
    '<c t="b"><v>1</v></c>',
    '<c t="e"><v>#N/A</v></c>',
    '<c t="str"><f>CONCAT(1,2)</f><v>a_x000D_&#10;b</v></c>',
    '<c t="d"><v>2021-05-18T21:13:33</v></c>',
    '<c r="AB1"><v>7</v></c>',
    '<c t="inlineStr"><is><t>名</t><rPh sb="0" eb="1"><t>ナ</t></rPh></is></c>',
  ].map((xml) => ({ xml }))
  const path = fileOf(workbookOf([{ name: 'S', rows: [cells] }]), 'a.xlsx')

  expect((await textOf(only(await discovered([path])))).text.toString()).toBe(
    `in pieces,TRUE,#N/A,"a\r\nb",2021-05-18T21:13:33${','.repeat(23)}7,名\n`,
  )
})

test('a workbook whose texts all stand in their cells is whole', async () => {
  const { 'xl/sharedStrings.xml': _, ...parts } = partsOf([
    { name: 'S', rows: [[{ xml: '<c t="inlineStr"><is><t>A</t></is></c>' }]] },
  ])
  const rels = String(parts['xl/_rels/workbook.xml.rels']).replace(/<Relationship [^>]*sharedStrings.xml"\/>/, '')
  const members = Object.entries({ ...parts, 'xl/_rels/workbook.xml.rels': rels })
  const path = fileOf(zipOf(...members.map(([name, content]) => ({ name, content }))), 'a.xlsx')

  expect(await textOf(only(await discovered([path])))).toEqual({ text: Buffer.from('A\n') })
})

test('dates of which Excel took the month for the day are as they were written, where texts beside them tell', async () => {
  const [may, june] = [
    { number: 46143.5, style: 0 },
    { number: 46145.25, style: 0 },
  ] // The 1st and the 3rd of May 2026.
  const csv = async (...cells: SheetCell[]) => {
    const rows = [['Received'], ...cells.map((cell) => [cell])]
    const path = fileOf(workbookOf([{ name: 'S', rows }], { styles: [22] }), 'a.xlsx')
    return (await textOf(only(await discovered([path])))).text.toString().trimEnd().split('\n').slice(1)
  }

  expect(await csv(may, '1/21/2026 5:01:19 AM', june)).toEqual([
    '2026-01-05T12:00',
    '1/21/2026 5:01:19 AM',
    '2026-03-05T06:00',
  ])
  expect(await csv(may, june)).toEqual(['2026-05-01T12:00', '2026-05-03T06:00'])
  const fifteenth = { number: 46157, style: 0 }
  expect((await csv(may, '1/21/2026 5:01:19 AM', fifteenth))[0]).toBe('2026-05-01T12:00')
  expect((await csv(may, '1/21/2026 5:01:19 AM', '21/1/2026 5:01:19'))[0]).toBe('2026-05-01T12:00')
  expect((await csv(may, '1/21/2026 5:01:19 AM', '3/5/2026 5:01:19 AM'))[0]).toBe('2026-05-01T12:00')
})

test('every sheet is evidence of its own: hidden ones, and in an archive', async () => {
  const workbook = workbookOf([
    { name: 'Audit', rows: [['A']] },
    { name: 'Signins', rows: [['A']], state: 'veryHidden' },
    { name: 'Empty' },
  ])
  const path = fileOf(zipOf({ name: 'mailed.xlsx', content: workbook }), 'mailed.zip')

  const found = await discovered([path])

  expect(lines(found, path)).toEqual([
    'mailed.xlsx/Audit',
    'mailed.xlsx/Signins',
    'mailed.xlsx/Empty: the sheet is empty',
  ])
  expect(found[2]?.named).toBe(false)
  const hashes = await Promise.all(found.slice(0, 2).map((sheet) => readable(sheet).hash(never)))
  expect(hashes).toEqual([
    { sha256: sha256(workbook), size: workbook.length },
    { sha256: sha256(workbook, 'Signins'), size: workbook.length + 'Signins'.length },
  ])
})

test('a calendar that begins in 1904 is told by the workbook', async () => {
  const rows = [['Received'], [{ number: '42872.5', style: 0 }]]
  const path = fileOf(workbookOf([{ name: 'S', rows }], { styles: [22], is1904: true }), 'mac.xlsx')

  expect((await textOf(only(await discovered([path])))).text.toString()).toBe('Received\n2021-05-18T12:00\n')
})

test('a workbook whose parts lie elsewhere is read, and one in binary form is told', async () => {
  const {
    'xl/workbook.xml': main = '',
    'xl/_rels/workbook.xml.rels': parts = '',
    ...others
  } = partsOf([{ name: 'S', rows: [['A']] }])
  const rels = (target: string) => String(others['_rels/.rels']).replace('xl/workbook.xml', target)
  const zipped = (members: Record<string, string>) =>
    zipOf(...Object.entries(members).map(([name, content]) => ({ name, content })))
  const other = zipped({
    ...others,
    '_rels/.rels': rels('/xl/workbook22.xml'),
    'xl/workbook22.xml': main.replaceAll(/(<\/?)(?=[a-z])/g, '$1x:').replace('xmlns=', 'xmlns:x='),
    'xl/_rels/workbook22.xml.rels': parts.replace('worksheets/', '/xl/worksheets/'),
  })
  const binary = zipped({ ...others, '_rels/.rels': rels('xl/workbook.bin'), 'xl/workbook.bin': 'x' })

  expect((await textOf(only(await discovered([fileOf(other, 'a.xlsx')])))).text.toString()).toBe('A\n')
  const path = fileOf(binary, 'a.xlsb')
  expect(lines(await discovered([path]), path)).toEqual([
    `${path}: a binary Excel workbook (.xlsb): save it as .xlsx or CSV`,
  ])
})

test('a damaged sheet gives what stands before the damage, and a text that is missing is told', async () => {
  const xml = (cells: string) => `<worksheet><sheetData><row><c><v>1</v></c></row><row>${cells}`
  const path = fileOf(
    workbookOf([
      { name: 'Cut', xml: xml('<c><v>2</v>') },
      { name: 'Entity', xml: xml('<c><v>&lol;</v></c></row>') },
      { name: 'Lost', xml: xml('<c t="s"><v>9</v></c></row></sheetData></worksheet>') },
      { name: 'Far', xml: xml('<c r="ZZZ1"><v>9</v></c></row></sheetData></worksheet>') },
      { name: 'Nested', xml: xml('<c><v>2</v></c><row><c><v>3</v></c></row></row></sheetData></worksheet>') },
      { name: 'Half', xml: xml('</row><row r="3.5"><c><v>2</v></c></row></sheetData></worksheet>') },
      { name: 'Long', xml: '<worksheet><sheetData><row r="99999999"><c><v>1</v></c></row></sheetData></worksheet>' },
    ]),
    'a.xlsx',
  )

  const found = await discovered([path])

  const damaged = 'its XML is damaged: get it again'
  const notInOrder = 'it is damaged: its rows do not follow each other; get it again'
  const beyond = 'it is damaged: it has more rows or columns than a sheet can have; get it again'
  expect(await Promise.all(found.slice(0, 6).map((sheet) => textOf(readable(sheet))))).toEqual([
    { text: Buffer.from('1\n'), error: damaged },
    { text: Buffer.from('1\n'), error: damaged },
    { text: Buffer.from('1\n'), error: 'it is damaged: a text of it is missing; get it again' },
    { text: Buffer.from('1\n'), error: beyond },
    { text: Buffer.from('1\n'), error: notInOrder },
    { text: Buffer.from('1\n'), error: notInOrder },
  ])
  expect(found[6]).toMatchObject({ named: true, reason: beyond })
})

test('texts that may be wrong are told of, though none is missing', async () => {
  const members = Object.entries(partsOf([{ name: 'S', rows: [['A']] }])).map(([name, content]) =>
    name === 'xl/sharedStrings.xml' ? { name, content, crc: 7 } : { name, content },
  )

  expect(await textOf(only(await discovered([fileOf(zipOf(...members), 'a.xlsx')])))).toEqual({
    text: Buffer.from('A\n'),
    error: 'it is damaged: its content does not match its checksum; get it again',
  })
})

test('texts before the damage of them are there', async () => {
  const parts = { 'xl/sharedStrings.xml': '<sst><si><t>A</t></si><si><t>&lol;' }

  expect(
    await textOf(
      only(await discovered([fileOf(workbookOf([{ name: 'S', rows: [['A'], ['B']] }], { parts }), 'a.xlsx')])),
    ),
  ).toEqual({
    text: Buffer.from('A\n'),
    error: 'its XML is damaged: get it again',
  })
})

test('one text in very many cells is stopped as an archive that fills a disk', async () => {
  const long = 'x'.repeat(10_000)
  const cells = Array.from({ length: 500 }, () => ({ xml: '<c t="s"><v>0</v></c>' }))
  const path = fileOf(workbookOf([{ name: 'S', rows: [[long], cells] }]), 'bomb.xlsx')

  const [sheet] = await discovered([path], { limits: { ...limits, expandedBytes: 1_000_000 } })

  const { text, error } = await textOf(readable(sheet))
  expect(text.length).toBe(10_000 + 500)
  expect(error).toContain('archives do that are made to fill a disk')
})

test('a row is made when it is asked for: texts that cells share may be a million times as long as the cells', async () => {
  let asked = 0
  const textAt = () => {
    asked += 1
    return 'a'
  }
  const sheet = Buffer.from(`<sheetData>${'<row><c t="s"><v>0</v></c></row>'.repeat(1000)}</sheetData>`)

  const [some] = await Array.fromAsync(sheetRows(Readable.from([sheet]), { textAt, styles: [], is1904: false }))
  const [row] = some ?? []

  expect(row).toEqual({ number: 1, cells: ['a'], dated: [] })
  expect(asked).toBe(1)
})

test('a row that goes on in the same column is stopped', async () => {
  const xml = `<sheetData><row>${`<c r="A1" t="str"><v>${'x'.repeat(1024 * 1024)}</v></c>`.repeat(17)}</row></sheetData>`

  const found = await discovered([fileOf(workbookOf([{ name: 'S', xml }]), 'a.xlsx')])

  expect(found).toMatchObject([{ reason: expect.stringContaining('a row is longer than a row can be') }])
})

test('a workbook without what it needs is told', async () => {
  const path = fileOf(workbookOf([], { parts: { 'xl/styles.xml': '<styleSheet>' } }), 'a.xlsx')

  expect(lines(await discovered([path]), path)).toEqual([`${path}: its XML is damaged: get it again`])
})
