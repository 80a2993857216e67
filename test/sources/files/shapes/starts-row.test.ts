import { expect, test } from '@jest/globals'
import { startsRowBy } from '#src/sources/files/shapes/starts-row.ts'
import { digestFile } from '../../../support/files.ts'
import { fileOf } from '../../../support/folder.ts'
import { sameRecords } from '../../../support/same-records.ts'
import { writers } from '../../../support/written-as.ts'

const columns = ['RecordId', 'CreationDate', 'RecordType', 'AuditData']
const startsRow = startsRowBy({ RecordId: /^[\da-f]{8}-[\da-f-]{27}$/i, RecordType: /^\d+$/ })
const id = '11111111-2222-3333-4444-555555555555'

test.each([
  `${id},9/20/2023 4:05:03 AM,15,"{""Id"":`,
  `"${id}","2026-01-24T06:54:24.0000000Z ","15","{""Id"":`,
  `${id},9/20/2023 4:0`,
  `${id},"9/20/2023, 4:05:03 AM",15,`,
  `${id},"a ""quoted"" word",15,`,
  ` ${id} ,9/20/2023 4:05:03 AM,15,{`,
])('the line %j starts a row', (line) => {
  expect(startsRow(line, columns, ',')).toBe(true)
})

test.each([
  '',
  '}"',
  '  ""CreationTime"": ""2023-09-20T04:05:03"",',
  '  1,',
  `  ""Id"": ""${id}"",`,
  `""${id}"",""x"",`,
  `${id},9/20/2023 4:05:03 AM,fifteen,{`,
  `${id},"a ""quoted"" word",fifteen,`,
  // It may have been cut off here, so nobody knows whether the cell is whole.
  id,
  `"${id}"`,
  `"${id}`,
  `${id};9/20/2023 4:05:03 AM;15;`,
  'Dear all,',
  ',,,,',
])('the line %j need not start a row', (line) => {
  expect(startsRow(line, columns, ',')).toBe(false)
})

test('a record of JSON that is longer than what is looked at starts a row, and an empty cell does not tell that none starts', () => {
  const startsRow = startsRowBy({ CreationDate: /^\d/, AuditData: /^\{"/ })

  expect(startsRow('x,"{""Id"":""1"",', ['User', 'AuditData'], ',')).toBe(true)
  expect(startsRow('2026-03-09,,x,', ['CreationDate', 'AuditData', 'User'], ',')).toBe(true)
  for (const line of ['""{""Id"":', '{""Id"":', '"x"":', ',,']) expect(startsRow(line, ['AuditData'], ',')).toBe(false)
})

test('the delimiter is the one of the file', () => {
  expect(startsRow(`${id};"a;b";15;{`, columns, ';')).toBe(true)
  expect(startsRow(`"${id}"\t20.09.2023 04:05:03\t15\t{`, columns, '\t')).toBe(true)
})

test('columns count where the header has them', () => {
  expect(startsRow(`15,${id},x,`, ['RecordType', 'RecordId', 'AuditData'], ',')).toBe(true)
  expect(startsRow(`x,y,z,`, ['AuditData', 'CreationDate', 'Operation'], ',')).toBe(false)
})

// Each row begins a line here, as records without line ends in them do.
const tables = writers.flatMap(({ name, of, write }) => {
  const text = write(of(sameRecords))
  const isTable = !/^\s*[[{<]/.test(text) && text.trimEnd().split('\n').length === of(sameRecords).length + 1
  return isTable ? [[name, text.trimEnd().split('\n')] as const] : []
})

test.each(tables)('of %s two rows with a quote too many cost these two alone', async (_name, [
  header = '',
  ...rows
]) => {
  const broken = rows.map((row, i) => (i === 1 || i === rows.length - 2 ? row.replace(/(?<=\w\w)(?=\w)/, '"') : row))

  const whole = await digestFile(fileOf([header, ...rows].join('\n')))
  const { activities } = await digestFile(fileOf([header, ...broken].join('\n')))

  const ids = whole.activities.map(({ id }) => id).filter((_, i) => i !== 1 && i !== rows.length - 2)
  expect(activities.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
})
