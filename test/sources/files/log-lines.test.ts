import { expect, test } from '@jest/globals'
import { restore } from '#src/sources/files/digest.ts'
import { framesOf } from '#src/sources/files/framed-rows.ts'
import { survey } from '#src/sources/files/survey.ts'
import { contentOf, digested, digestFile, never, surveyed } from '../../support/files.ts'
import { fileOf } from '../../support/folder.ts'

const recordOf = (n: number) => ({
  CreationTime: `2026-05-03T09:0${n}:00`,
  Id: `2f0a0000-0000-4000-8000-00000000000${n}`,
  Operation: 'New-InboxRule',
  ...{ UserId: 'alice@contoso.example', Parameters: [{ Name: 'Name', Value: 'a } "b\\' }] },
})
const json = (n: number) => JSON.stringify(recordOf(n))

test.each([
  ['syslog', '<180>May  3 14:22:33 collector o365_audit: '],
  ['syslog with its version', '<14>1 2026-05-03T09:05:00Z collector m365 - - [meta n="1"] '],
  ['a time', '2026-05-03 09:05:00,123 INFO '],
  ['CEF', 'May  3 14:22:33 collector CEF:0|Microsoft|Office 365|1|x|y|5|msg='],
  ['seconds since the epoch', '1777799100 audit '],
])('records behind what a log has before each are read, and kept with it: %s', async (_, before) => {
  const lines = [1, 2].map((n) => `${before}${json(n)}`)

  const { activities, rejected, format } = await digestFile(fileOf(`\uFEFF${lines.join('\r\n')}`))

  expect([format.shape, rejected]).toEqual(['audit-json', []])
  expect(activities.map(({ row, id }) => [row, id.slice(-1)])).toEqual([
    [1, '1'],
    [2, '2'],
  ])
  expect(activities[1]?.content).toBe(lines[1])
  expect(activities.map(({ content }) => restore(format, content).record)).toEqual([recordOf(1), recordOf(2)])
})

test('a line without a record, with two, or with half of one costs itself alone', async () => {
  const before = '<180>May  3 14:22:33 collector o365: '
  const text = [
    `${before}started`,
    '',
    `${before}${json(1)} tail`,
    `${before}${json(2)}${json(3)}`,
    `${before}${json(4).slice(0, -9)}`,
  ]

  const { activities, rejected } = await digestFile(fileOf(text.join('\n')))

  expect(activities.map(({ row, truncated }) => [row, truncated])).toEqual([
    [3, false],
    [5, true],
  ])
  expect(rejected.map(({ row, reason }) => [row, reason])).toEqual([
    [1, 'a line without a record'],
    [4, 'a line of more than one record'],
  ])
})

test('it is the same in chunks of any size, and from behind any block', async () => {
  const path = fileOf([1, 2, 3].map((n) => `2026-05-03T09:05:00Z ${json(n)}\n`).join(''))
  for (const size of [1, 7, 64]) {
    const file = await surveyed(path, size)
    const blocks = await Array.fromAsync(framesOf(file, file.start, never))
    const idsOf = (some: typeof blocks) =>
      some.flatMap((block) => digested({ format: file.format, ...block, mailbox: '' }).activities.map(({ id }) => id))
    expect(idsOf(blocks)).toHaveLength(3)
    for (const [i, { next }] of blocks.entries()) {
      expect(idsOf(await Array.fromAsync(framesOf(file, next, never)))).toEqual(idsOf(blocks.slice(i + 1)))
    }
  }
})

test.each([
  `# How to read a record\n\n    ${json(1)}\n`,
  `<pre>${json(1)}</pre>`,
  `const record = ${json(1)}\n`,
])('what only shows a record is no log: %#', async (text) => {
  expect(await survey(contentOf(fileOf(text)), never)).toHaveProperty('reason')
})
