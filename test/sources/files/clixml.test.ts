import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { limits } from '#src/sources/files/limits.ts'
import { discovered, only, textOf } from '../../support/discovered.ts'
import { digestFile } from '../../support/files.ts'
import { fileOf } from '../../support/folder.ts'

const objs = (inner: string) =>
  `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${inner}</Objs>`
const audit = {
  CreationTime: '2026-03-09T08:15:21',
  Id: '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001',
  Operation: 'Send',
  UserId: 'alice@contoso.example',
  Workload: 'Exchange',
}
const found = `<Obj RefId="0"><TN RefId="0"><T>Deserialized.Record</T></TN><ToString>Record</ToString><Props>
  <S N="RecordType">ExchangeItem</S><DT N="CreationDate">2026-03-09T08:15:21Z</DT>
  <S N="AuditData">${JSON.stringify(audit).replaceAll('"', '&quot;')}</S>
  <I32 N="ResultIndex">1</I32><B N="IsValid">true</B><Nil N="Nothing" />
  </Props><MS><S N="Line">a_x000D__x000A_b</S></MS></Obj>`

async function linesOf(text: string | Buffer) {
  const content = only(await discovered([fileOf(text, 'found.xml')]))
  const { text: lines, error } = await textOf(content)
  return {
    content,
    error,
    values: lines
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  }
}

test('objects of Export-Clixml are records, whose SHA-256 is that of the file', async () => {
  const utf16 = Buffer.from(`\ufeff${objs(found)}`, 'utf16le')

  const { content, values } = await linesOf(utf16)

  expect(values).toEqual([
    {
      RecordType: 'ExchangeItem',
      CreationDate: '2026-03-09T08:15:21Z',
      AuditData: JSON.stringify(audit),
      ResultIndex: 1,
      IsValid: true,
      Nothing: null,
      Line: 'a\r\nb',
    },
  ])
  expect(await content.hash(new AbortController().signal)).toEqual({
    sha256: createHash('sha256').update(utf16).digest('hex'),
    size: utf16.length,
  })
  const { format, activities } = await digestFile(fileOf(values.map((value) => JSON.stringify(value)).join('\n')))
  expect(format.shape).toBe('search-ual-json')
  expect(activities).toMatchObject([{ operation: 'Send', record: audit }])
})

test('lists, dictionaries, names of numbers, and objects that stand elsewhere are what they are', async () => {
  const inner = `<Obj RefId="0"><TN RefId="0"><T>x</T></TN><LST>
    <Obj RefId="1"><MS><Obj N="Kind" RefId="2"><TN RefId="1"><T>Enum</T></TN><ToString>Owner</ToString><I32>0</I32></Obj>
    <Obj N="Map" RefId="3"><DCT><En><S N="Key">k</S><I64 N="Value">9007199254740993</I64></En></DCT></Obj></MS></Obj>
    <Obj RefId="4"><MS><Ref N="Same" RefId="3" /><Obj N="Many" RefId="5"><LST><S>a</S><S>b</S></LST></Obj></MS></Obj>
    </LST></Obj><S>{"a":1}</S>`

  expect((await linesOf(objs(inner))).values).toEqual([
    { Kind: 'Owner', Map: { k: '9007199254740993' } },
    { Same: { k: '9007199254740993' }, Many: ['a', 'b'] },
    '{"a":1}',
  ])
})

test('objects in objects that grow beyond what can be held are told of, behind those before', async () => {
  const members = (refId: number) => Array.from({ length: 10 }, (_, i) => `<Ref N="p${i}" RefId="${refId}" />`).join('')
  const grown = Array.from({ length: 9 }, (_, i) => `<Obj RefId="${i + 1}"><MS>${members(i)}</MS></Obj>`)
  const content = only(await discovered([fileOf(objs([found, ...grown].join('')), 'found.xml')]))

  const { text, error } = await textOf(content)

  expect(text.toString().split('\n')[1]).toMatch(/^\{"p0":\{"RecordType":/)
  expect(error).toContain('an object in it is too large')
})

test('one object in very many is stopped as an archive that fills a disk', async () => {
  const long = `<Obj RefId="0"><MS><S N="a">${'x'.repeat(1024 * 1024)}</S></MS></Obj>`
  const many = '<Obj RefId="1"><MS><Ref N="b" RefId="0" /></MS></Obj>'.repeat(1000)
  const small = { ...limits, expandedBytes: 4 * 1024 * 1024, expansionRatio: 4 }
  const content = only(await discovered([fileOf(objs(long + many), 'found.xml')], { limits: small }))

  const { text, error } = await textOf(content)

  expect(text.length).toBeLessThan(6 * 1024 * 1024)
  expect(error).toContain('made to fill a disk')
})

test('an object that was forgotten by then stands as its number', async () => {
  const long = `<Obj RefId="1"><MS><S N="a">${'x'.repeat(10 * 1024 * 1024)}</S></MS></Obj>`
  const inner = `${found}${long.repeat(2).replace('RefId="1"', 'RefId="2"')}${long.replace('RefId="1"', 'RefId="3"')}`

  const { values } = await linesOf(objs(`${inner}<Obj RefId="9"><MS><Ref N="Far" RefId="0" /></MS></Obj>`))

  expect(values.at(-1)).toEqual({ Far: { RefId: '0' } })
})

test('what is cut off gives the objects before', async () => {
  const { values, error } = await linesOf(objs(found + found).slice(0, -200))

  expect(values).toHaveLength(1)
  expect(error).toBe('its XML is damaged: get it again')
})

test('objects that there is no room for are told of, and the files behind them are read', async () => {
  const paths = [fileOf(objs(found), 'found.xml'), fileOf('a,b\n', 'a.csv')]

  const [objects, csv] = await discovered(paths, { limits: { ...limits, spooledBytes: 10 } })

  expect(objects).toMatchObject({ reason: expect.stringContaining('takes too much space') })
  expect(csv).toHaveProperty('text')
})
