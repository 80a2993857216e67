import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import type { JsonObject } from '#src/activity.ts'
import { parsePythonLiteral } from '#src/sources/files/python-literal.ts'
import { pythonLiteral } from '#src/sources/files/python-repr.ts'
import { outlookActivities } from '#src/sources/files/shapes/outlook-activities.ts'
import { retrieverCsv } from '#src/sources/files/shapes/retriever-csv.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures/retriever')
const mailbox = 'alice@contoso.example'
const cells = {
  TimeStamp: '2018-06-20T08:00:01.019Z',
  AppIdType: 'Web',
  ActivityIdType: 'Move',
  ActivityItemId: '',
  ActivityCreationTime: '2018-06-20T08:00:01.900Z',
  ClientSessionId: '',
}

test('an activity fetched from the API is the one that retriever.py wrote of it', () => {
  const { value } = JSON.parse(readFileSync(join(fixtures, 'page-1.json'), 'utf8')) as { value: JsonObject[] }
  const csv = readFileSync(join(fixtures, 'retriever-crowdstrike.csv'), 'utf8')
  const rows = parse(csv, { columns: true, bom: true }) as Record<string, string>[]

  const fetched = value.map((record) => outlookActivities.read(record, false, mailbox))
  const kept = rows.slice(0, value.length).map((cells) => retrieverCsv.read(cells, mailbox))

  expect(value.length).toBeGreaterThan(10)
  expect(fetched).toEqual(kept)
})

// Written by Python 3: print(str({'a': …})).
test.each([
  ["it's", `"it's"`],
  ['say "x"', `'say "x"'`],
  [`it's "x"`, `'it\\'s "x"'`],
  ['tab\tline\nreturn\rback\\slash', `'tab\\tline\\nreturn\\rback\\\\slash'`],
  ['\0\x1b\x7f\x85\xa0\xad', `'\\x00\\x1b\\x7f\\x85\\xa0\\xad'`],
  ['café 東京 😀', `'café 東京 😀'`],
  ['\u200b\u2028\ufeff', `'\\u200b\\u2028\\ufeff'`],
  ['\u{e0001}\ud800', `'\\U000e0001\\ud800'`],
])('a text is written as Python writes it: %j', (text, literal) => {
  expect(pythonLiteral({ a: text })).toBe(`{'a': ${literal}}`)
  expect(parsePythonLiteral(literal)).toBe(text)
})

test('values that are no text are written as Python writes them', () => {
  expect(pythonLiteral({ a: null, b: [true, 1.5], c: {} })).toBe(`{'a': None, 'b': [True, 1.5], 'c': {}}`)
})

test('of two properties with one name the last counts, where the first stood', () => {
  const record = activity([
    { Name: 'Subject', Value: 'first' },
    { Name: 'From', Value: 'bob' },
    { Name: 'Subject', Value: 'last' },
  ])

  const shaped = outlookActivities.read(record, false, mailbox)
  const row = { ...cells, CustomProperties: "{'Subject': 'last', 'From': 'bob'}" }

  expect(shaped).toEqual(retrieverCsv.read(row, mailbox))
})

test('names that look like numbers keep their order, on which the id depends', () => {
  const record = activity([
    { Name: 'b', Value: '' },
    { Name: '1', Value: '' },
  ])

  const row = { ...cells, CustomProperties: "{'b': '', '1': ''}" }

  expect(outlookActivities.read(record, false, mailbox)).toEqual(retrieverCsv.read(row, mailbox))
})

test.each([
  [{ ...activity([]), TimeStamp: 'soon' }, 'TimeStamp is not a time'],
  [{ ...activity([]), CustomProperties: 'x' }, 'CustomProperties is not a list'],
  [{ ...activity([]), CustomProperties: [{ Value: 1 }] }, 'CustomProperties holds what has no Name'],
])('what is none is refused, and why', (record, reason) => {
  expect(outlookActivities.read(record, false, mailbox)).toBe(reason)
})

test('the same activity of another mailbox is another one', () => {
  const ids = [mailbox, 'bob@contoso.example'].map((whose) => {
    const shaped = outlookActivities.read(activity([]), false, whose)
    return typeof shaped === 'object' ? shaped.id : shaped
  })

  expect(new Set(ids).size).toBe(2)
})

function activity(properties: JsonObject[]): JsonObject {
  return { ...cells, ActivityItemId: null, CustomProperties: properties }
}
