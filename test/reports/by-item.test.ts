import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, jest, test } from '@jest/globals'
import { writeByItem } from '#src/reports/by-item.ts'
import { temporaryFolder } from '../support/folder.ts'

test('of a mail that was read again and again no more lines are held at once than of others', () => {
  const folder = temporaryFolder()
  const [scratch, byTime, path] = ['scratch', 'by-time.tsv', 'by-item.tsv'].map((name) => join(folder, name)) as [
    ...[string, string, string],
  ]
  const header = 'Time\tItem\n'
  const line = `2026-03-09\t${'x'.repeat(90)}\n`
  const lines = line.repeat(20_000)
  writeFileSync(byTime, `${header}${lines}`)
  const db = new DatabaseSync(scratch)
  db.exec(`create table reading (mailbox, item, start, bytes);
    create table read_item as select 'alice@contoso.example' as mailbox, 'mail' as item, 1 as first`)
  const add = db.prepare(`insert into reading values ('alice@contoso.example', 'mail', ?, ?)`)
  for (let i = 0; i < 20_000; i += 1) add.run(i * line.length, line.length)
  db.close()
  const allocate = jest.spyOn(Buffer, 'allocUnsafeSlow')

  writeByItem({ scratch, byTime, header, path })
  const largest = Math.max(...allocate.mock.calls.map(([bytes]) => bytes))
  allocate.mockRestore()

  expect(readFileSync(path, 'utf8')).toBe(`mail\n${header}${lines}`)
  expect(largest).toBeLessThan(2 ** 20)
})
