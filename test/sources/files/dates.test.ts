import { expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import { importFiles } from '#src/gather/import-files.ts'
import { silent } from '#src/progress.ts'
import { type Content, ContentError } from '#src/sources/files/content.ts'
import { restore } from '#src/sources/files/digest.ts'
import { type Beforehand, survey } from '#src/sources/files/survey.ts'
import type { DateOrder } from '#src/time/culture-time.ts'
import { contentOf, digestFile, never, surveyed } from '../../support/files.ts'
import { fileOf, temporaryFolder } from '../../support/folder.ts'

const traceOf = (dates: readonly string[]) =>
  fileOf(
    `Received,SenderAddress,RecipientAddress,MessageTraceId\n${dates.map((date, i) => `${date},a@x.example,b@x.example,t${i}\n`).join('')}`,
  )

async function timesOf(file: string): Promise<string[]> {
  const { activities, rejected } = await digestFile(file)
  expect(rejected).toEqual([])
  return activities.map(({ time }) => new Date(time).toISOString().slice(0, 16))
}

test.each<[string, readonly string[], readonly string[]]>([
  ['the United States', ['5/3/2026 9:10:00 AM', '5/25/2026 7:10:00 PM'], ['2026-05-03T09:10', '2026-05-25T19:10']],
  ['Australia', ['10/05/2026 9:10:00 am', '25/05/2026 7:10:00 pm'], ['2026-05-10T09:10', '2026-05-25T19:10']],
  ['Great Britain', ['03/05/2026 09:10:00', '25/05/2026 19:10:00'], ['2026-05-03T09:10', '2026-05-25T19:10']],
  ['Spain', ['3/5/2026 9:10', '25/5/2026 19:10'], ['2026-05-03T09:10', '2026-05-25T19:10']],
  [
    'the United States, saved by Excel',
    ['05/03/2026 9:10', '5/25/2026 19:10'],
    ['2026-05-03T09:10', '2026-05-25T19:10'],
  ],
  ['India', ['03-05-2026 09:10:00 AM', '25-05-2026 07:10:00 PM'], ['2026-05-03T09:10', '2026-05-25T19:10']],
  ['a script', ['05-03-2026 09:10:00', '05-25-2026 19:10:00'], ['2026-05-03T09:10', '2026-05-25T19:10']],
  ['Excel for Mac', ['3/5/26 9:10', '25/5/26 19:10'], ['2026-05-03T09:10', '2026-05-25T19:10']],
  ['Germany', ['03.05.2026 09:10:00', '25.05.2026 19:10:00'], ['2026-05-03T09:10', '2026-05-25T19:10']],
])('dates are what one date of the file shows them to be: those of %s', async (_, dates, expected) => {
  expect(await timesOf(traceOf(dates))).toEqual(expected)
})

test('a date that tells it may stand far behind those that do not', async () => {
  const dates = [...Array.from({ length: 3000 }, (_, i) => `05/0${1 + (i % 9)}/2026 09:10:00`), '05/25/2026 19:10:00']

  const times = await timesOf(traceOf(dates))

  expect(new Set(times.map((time) => time.slice(0, 7)))).toEqual(new Set(['2026-05']))
})

test.each([
  '5/18/2021',
  'n/a',
  '18-05-21 09:10',
])('a date that is none, such as %s, does not hide those that tell', async (none) => {
  const { activities, rejected } = await digestFile(traceOf([none, '05/03/2026 09:10:00', '05/25/2026 19:10:00']))

  expect(rejected).toHaveLength(1)
  expect(activities.map(({ time }) => new Date(time).getUTCMonth())).toEqual([4, 4])
})

test('beside a record that is missing counts what somebody says of dates, beside one that is there its own time', async () => {
  const record = JSON.stringify({ CreationTime: '2026-05-04T07:00:00', Operation: 'Send', UserId: 'a@x.example' })
  const rows = ['5/3/2026 9:10,Send,a@x.example,', `5/4/2026 9:10,Send,a@x.example,"${record.replaceAll('"', '""')}"`]
  const path = fileOf(`CreationDate,Operations,UserIds,AuditData\n${rows.map((row) => `${row}\n`).join('')}`)
  const store = openCase(temporaryFolder())
  const importAs = async (dates: DateOrder | undefined) => {
    const request = { paths: [path], mailbox: undefined, dates, stdin: process.stdin, scratch: temporaryFolder() }
    return (await Array.fromAsync(importFiles(request, { store, progress: silent }, never)))[0]
  }

  const timesFor = async (order: DateOrder | undefined) => {
    const { activities } = await digestFile(path, '', { order })
    return activities.map(({ time }) => new Date(time).toISOString().slice(0, 16))
  }

  const [first, again] = [await importAs(undefined), await importAs('day')]
  store.close()

  expect(await timesFor(undefined)).toEqual(['2026-05-04T07:00'])
  expect(await timesFor('day')).toEqual(['2026-03-05T09:10', '2026-05-04T07:00'])
  expect(await timesFor('month')).toEqual(['2026-05-03T09:10', '2026-05-04T07:00'])
  expect(first?.counts).toMatchObject({ read: 2, stored: 1, rejected: 1 })
  expect(again?.doubt).toContain('import it into a new case with --dates')
})

test('a file that breaks off is read as far as it can be, with what its dates told until there', async () => {
  const content = contentOf(traceOf(['05/03/2026 09:10:00', '05/04/2026 09:10:00']))
  async function* text(offset: number, signal: AbortSignal) {
    yield* content.text(offset, signal)
    throw new ContentError('it is cut off')
  }

  const file = await survey({ ...content, text }, never)

  expect(file).toMatchObject({ format: { shape: 'message-trace-csv', dates: { columns: ['Received'] } } })
})

test('a row is read from the case again as it was when it came', async () => {
  const file = traceOf(['05/03/2026 09:10:00', '05/25/2026 19:10:00'])
  const { format } = await surveyed(file)

  const { record } = restore(format, '05/03/2026 09:10:00,a@x.example,b@x.example,t0')

  expect(format).toMatchObject({ dates: { columns: ['Received'], order: 'month' } })
  expect(record).toMatchObject({ Received: '2026-05-03T09:10:00.000Z' })
})

test('where dates are read so anyway, they stay as they were written', async () => {
  const { activities } = await digestFile(traceOf(['5/3/2026 9:10:00 AM', '5/25/2026 7:10:00 PM']))

  expect(activities[0]?.record).toMatchObject({ Received: '5/3/2026 9:10:00 AM' })
})

test('where no row tells, that is noted, unless somebody knows it', async () => {
  const file = traceOf(['5/3/2026 9:10:00 AM'])
  const datesOf = async (dates?: DateOrder) => {
    const store = openCase(temporaryFolder())
    const request = { paths: [file], mailbox: undefined, dates, stdin: process.stdin, scratch: temporaryFolder() }
    for await (const _ of importFiles(request, { store, progress: silent }, never));
    const noted = store.evidences().map((evidence) => evidence.dates)
    store.close()
    return noted
  }

  expect(await datesOf()).toEqual(['either'])
  expect(await datesOf('day')).toEqual(['day'])
  expect((await surveyed(traceOf(['2026-05-03T09:10:00Z']))).format).not.toHaveProperty('dates')
})

test('of a file that was read before, dates are not looked for again, unless somebody says what they have first', async () => {
  const content = contentOf(traceOf(Array.from({ length: 9 }, (_, i) => `05/0${1 + i}/2026 09:10:00`)))
  let readings = 0
  const counted: Content = {
    ...content,
    text(...given) {
      readings += 1
      return content.text(...given)
    },
  }
  const readingsFor = async (beforehand: Beforehand) => {
    readings = 0
    await survey(counted, never, beforehand)
    return readings
  }

  expect(await readingsFor({})).toBe(2)
  expect(await readingsFor({ isKnown: () => true })).toBe(1)
  expect(await readingsFor({ isKnown: () => true, order: 'day' })).toBe(2)
})

const mailsOf = (column: string, times: readonly string[]) =>
  fileOf(
    `${column},NetworkMessageId,SenderFromAddress,RecipientEmailAddress,DeliveryAction\n${times.map((time, i) => `"${time}",7b1e64a2-0f3d-4c58-9a51-1de0c2f7a0${i}0,a@x.example,b@contoso.example,Delivered\n`).join('')}`,
  )

test.each([
  ['in words', 'Timestamp', ['May 3, 2026 9:10:00 AM', 'May 25, 2026 7:10:00 PM'], true],
  ['as in Australia', 'Timestamp', ['03/05/2026, 9:10:00.988 am', '25/05/2026, 7:10:00.12 pm'], true],
  ['in ISO 8601', 'Timestamp', ['2026-05-03T09:10:00.1234567Z', '2026-05-25T19:10:00Z'], undefined],
  ['of a zone that is named', 'Timestamp [UTC]', ['5/3/2026, 9:10:00.123 AM', '5/25/2026, 7:10:00.123 PM'], undefined],
  ['when Sentinel had it', 'TimeGenerated', ['03/05/2026 9:10:00 AM', '25/05/2026 7:10:00 PM'], undefined],
])('times of advanced hunting %s are read, and whether they are as its page showed them', async (_, column, times, isShown) => {
  const file = mailsOf(column, times)

  const { format } = await surveyed(file)

  expect('isShown' in format ? format.isShown : undefined).toBe(isShown)
  expect(await timesOf(file)).toEqual(['2026-05-03T09:10', '2026-05-25T19:10'])
})

test('times of advanced hunting in the time zone of whoever looked are rejected, with what to do', async () => {
  const { rejected } = await digestFile(mailsOf('Timestamp Local time', ['May 3, 2026 9:10:00 AM']))

  expect(rejected).toMatchObject([{ reason: 'times are not in UTC: export again with UTC as time zone' }])
})
