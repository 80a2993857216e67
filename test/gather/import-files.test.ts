import { appendFileSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { expect, jest, test } from '@jest/globals'
import { type CaseStore, openCase } from '#src/case/store.ts'
import { type ImportedFile, importFiles } from '#src/gather/import-files.ts'
import { type Progress, silent } from '#src/progress.ts'
import type { DateOrder } from '#src/time/culture-time.ts'
import { header, never } from '../support/files.ts'
import { temporaryFolder } from '../support/folder.ts'
import { tarOf } from '../support/tar.ts'
import { workbookOf } from '../support/workbook.ts'
import { zipOf } from '../support/zip.ts'

const count = 60
const note = 'x'.repeat(200_000) // All files together are so much that they share transactions.

test('what became of each of many small files is told, in their order', async () => {
  const evidence = manyFiles()
  const store = openCase(temporaryFolder())

  const files = await Array.fromAsync(imported(evidence, store))

  expect(files.map(({ path }) => path)).toEqual(Array.from({ length: count }, (_, i) => pathOf(evidence, i)))
  expect(files.every(({ fate, counts }) => fate === 'imported' && counts.stored === 1)).toBe(true)
  expect(store.evidences().every(({ complete }) => complete)).toBe(true)
  store.close()
})

test('what stands in a folder of evidence and is none is kept in the case, with the reason', async () => {
  const evidence = temporaryFolder()
  writeFileSync(join(evidence, 'notes.txt'), 'to be done\n')
  const store = openCase(temporaryFolder())

  const files = await Array.fromAsync(imported(evidence, store))

  const [{ path, reason } = { path: '', reason: '' }] = files
  expect(files).toMatchObject([{ fate: 'skipped', path: join(evidence, 'notes.txt') }])
  expect(store.skipped(10)).toEqual({ total: 1, rows: [{ path, reason }] })
  store.close()
})

test('what is packed in a folder and cannot be unpacked counts as not read, until it is gone; what can hold no evidence is left out', async () => {
  const evidence = temporaryFolder()
  const locked = zipOf({ name: 'locked.csv', content: 'a', flags: 1 }, { name: 'a.png', content: '\x89PNG\r\n\x1a\n' })
  const document = zipOf({ name: '[Content_Types].xml', content: '' }, { name: 'word/document.xml', content: '' })
  const files: readonly [name: string, bytes: Uint8Array][] = [
    ['a.7z', Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1')],
    ['b.gz', gzipSync('a').subarray(0, 9)],
    ['c.zip', locked],
    ['d.zip', locked.subarray(0, -9)],
    ['e.docx', document],
    ['f.exe', Buffer.from('MZ\x90\0\x03\0\0\0')],
    ['g.pdf', Buffer.from('%PDF-1.7')],
  ]
  for (const [name, bytes] of files) writeFileSync(join(evidence, name), bytes)
  const store = openCase(temporaryFolder())
  const fates = async () => {
    const found = await Array.fromAsync(imported(evidence, store))
    return found.map(({ path, fate }) => `${path.slice(evidence.length + 1)} ${fate}`)
  }

  const first = await fates()
  const told = [store.countRejects(), store.skipped(0).total]
  for (const [name] of files.slice(0, 4)) rmSync(join(evidence, name))

  expect(first).toEqual([
    'a.7z failed',
    'b.gz failed',
    'c.zip/locked.csv failed',
    'c.zip/a.png skipped',
    'd.zip/locked.csv failed',
    'd.zip/a.png skipped',
    'd.zip failed',
    'e.docx skipped',
    'f.exe skipped',
    'g.pdf skipped',
  ])
  expect(told).toEqual([5, 5])
  expect(await fates()).toEqual(['e.docx skipped', 'f.exe skipped', 'g.pdf skipped'])
  expect([store.countRejects(), store.skipped(0).total]).toEqual([0, 3])
  store.close()
})

test('an export that Excel saved as a workbook gives the events of the export, under the rows of the sheet', async () => {
  const [columns, ...rows] = [
    ['Received', 'SenderAddress', 'RecipientAddress', 'MessageTraceId', 'MessageId', 'Status'],
    ['5/18/2021 9:13:33 PM', 'a@contoso.example', 'b@contoso.example', trace, '<1@contoso.example>', 'Delivered'],
    [
      '6/2/2021 8:00:00 AM',
      'c@contoso.example',
      'b@contoso.example',
      trace.replace('7', '8'),
      '<2@contoso.example>',
      'Failed',
    ],
  ] as const
  const evidence = temporaryFolder()
  const shown = (number: number) => ({ number, style: 0 })
  const sheet = [
    columns,
    ...rows.map(([, ...others], i) => [shown(i === 0 ? 44334.8844097222 : 44349 + 1 / 3), ...others]),
  ]
  writeFileSync(join(evidence, 'a.csv'), [columns, ...rows].map((cells) => cells.join(',')).join('\r\n'))
  writeFileSync(join(evidence, 'b.xlsx'), workbookOf([{ name: 'Sheet1', rows: sheet }], { styles: ['m/d/yyyy'] }))
  const store = openCase(temporaryFolder())

  const files = await Array.fromAsync(imported(evidence, store))

  expect(files.map(({ path, shape, counts }) => ({ path, shape, counts }))).toEqual([
    {
      path: join(evidence, 'a.csv'),
      shape: 'message-trace-csv',
      counts: { read: 2, stored: 2, duplicate: 0, rejected: 0 },
    },
    {
      path: join(evidence, 'b.xlsx/Sheet1'),
      shape: 'message-trace-csv',
      counts: { read: 2, stored: 0, duplicate: 2, rejected: 0 },
    },
  ])
  store.close()
})

const trace = '7b1e64a2-0f3d-4c58-9a51-1de0c2f7a001'
const records = ['a', 'b', 'c'].map((Id) => {
  return { Id, CreationTime: '2026-03-09T08:15:21', Operation: 'Send', UserId: 'alice@contoso.example' }
})
const [first, second, third] = records.map((record) => JSON.stringify(record))
const untilEnd = 'it ends in the middle of its list: what followed is missing'

test.each<[string, string | undefined]>([
  [`[${first},${second},${third}]`, undefined],
  [`[${first},${second}][${third}]`, undefined],
  [`[${first},${second}]\nDone.`, undefined],
  [`${first}\n${second}\n[INFO] Done`, undefined],
  [`[${first},${second}]\n[INFO] Done\n`, undefined],
  [`${first}\n${second}\n`, undefined],
  [`{"value":[${first},${second}],"@odata.nextLink":"https://x.example/"}`, undefined],
  [`{"value":[${first},${second}],"@odata.nextLink":"https://x.example/?$filter=a[b"}`, undefined],
  [`[${first},${second}]\n${third}\n`, undefined],
  [`{"records":[${first}]}\n{"records":[${second}]}\n`, undefined],
  [`[${first},${second}`, untilEnd],
  [`[${first},${second},\n`, untilEnd],
  [`[${first},${second},${third?.slice(0, 80)}`, untilEnd],
  [`[${first},${second}][${third}`, untilEnd],
  [`{"value":[${first},${second}`, untilEnd],
  [`{"records":[${first}]}\n{"records":[${second}`, untilEnd],
])('a list that nobody closes is one whose end is missing: %j', async (text, brokeOff) => {
  const folder = temporaryFolder()
  const evidence = temporaryFolder()
  writeFileSync(join(evidence, 'records.json'), text)
  const run = async () => {
    const store = openCase(folder)
    const [file] = await Array.fromAsync(imported(evidence, store))
    const known = store.evidences().map((one) => one.brokeOff)
    store.close()
    return { file, known }
  }

  for (const { file, known } of [await run(), await run()]) {
    expect(file?.brokeOff).toBe(brokeOff)
    expect(known).toEqual([brokeOff])
    expect(file?.counts.rejected).toBe(brokeOff === undefined ? (text.includes('Done') ? 1 : 0) : 1)
  }
})

test('a file is read to its end as its beginning was, whatever is known of its dates by then', async () => {
  const folder = temporaryFolder()
  const evidence = temporaryFolder()
  const rows = Array.from({ length: 20 }, (_, i) => `05/03/2026 09:10:${10 + i},a@x.example,b@x.example,t${i}`)
  writeFileSync(
    join(evidence, 'traces.csv'),
    `Received,SenderAddress,RecipientAddress,MessageTraceId\n${rows.join('\n')}\n`,
  )
  const run = async (dates?: DateOrder) => {
    const store = openCase(folder)
    const [file] = await Array.fromAsync(imported(evidence, store, never, silent, undefined, dates))
    const known = store.evidences().map((one) => one.dates)
    store.close()
    return { file, known }
  }

  const first = await run()
  const again = await run('month')

  expect([first.known, again.known]).toEqual([['either'], ['either']])
  expect(first.file).not.toHaveProperty('doubt')
  expect(again.file?.doubt).toContain('its dates stay as they were read at first')
})

test('a case among its evidence is none of it, and what is gone from a folder is forgotten', async () => {
  const evidence = temporaryFolder()
  const note = join(evidence, 'notes.txt')
  writeFileSync(note, 'to be done\n')
  const store = openCase(evidence)
  const passOver = new Set(
    ['case.sqlite', 'case.sqlite-wal', 'case.sqlite-shm', 'lock.sqlite', 'lock.sqlite-journal'].map((name) =>
      join(evidence, name),
    ),
  )

  await Array.fromAsync(imported(evidence, store, never, silent, passOver))
  const first = store.skipped(10).rows.map(({ path }) => path)
  rmSync(note)
  await Array.fromAsync(imported(evidence, store, never, silent, passOver))

  expect(first).toEqual([note])
  expect(store.skipped(10).total).toBe(0)
  store.close()
})

test('of a file nothing is told before no failure can take it back', async () => {
  const evidence = manyFiles()
  const store = openCase(temporaryFolder())
  const told: ImportedFile[] = []
  let completed = 0
  const watched: CaseStore = {
    ...store,
    completeEvidence(...given) {
      completed += 1
      return store.completeEvidence(...given)
    },
  }

  for await (const file of imported(evidence, watched)) {
    told.push(file)
    expect(store.isSettled()).toBe(true)
    if (told.length === 1) expect(completed).toBeGreaterThan(1)
  }

  expect(told).toHaveLength(count)
  store.close()
})

test('many small files share transactions, however little they are together', async () => {
  const evidence = manyFiles('')
  const store = openCase(temporaryFolder())
  const exec = jest.spyOn(DatabaseSync.prototype, 'exec')

  const files = await Array.fromAsync(imported(evidence, store))

  const commits = exec.mock.calls.filter(([sql]) => sql === 'commit').length
  exec.mockRestore()
  expect(files.map(({ counts }) => counts.stored)).toEqual(Array(count).fill(1))
  expect(commits).toBeLessThan(5)
  store.close()
})

test('a stop is told after what was done until then', async () => {
  const store = openCase(temporaryFolder())
  const stop = new AbortController()
  const told: ImportedFile[] = []
  const stopping: CaseStore = {
    ...store,
    completeEvidence(...given) {
      if (store.evidences().length === 5) stop.abort(new Error('stopped'))
      return store.completeEvidence(...given)
    },
  }
  const all = async () => {
    for await (const file of imported(manyFiles(), stopping, stop.signal)) told.push(file)
  }

  await expect(all()).rejects.toThrow('stopped')

  const done = store.evidences().filter(({ complete }) => complete)
  expect(told.map(({ path }) => path)).toEqual(done.map(({ path }) => path))
  expect(told.length).toBeGreaterThan(0)
  store.close()
})

test('how far it is shows while files are looked at, and while they are read', async () => {
  const store = openCase(temporaryFolder())
  const steps: string[] = []
  let latest = 0
  const progress: Progress = {
    ...silent,
    begin: (label, total) => void steps.push(`${label} of ${total === undefined ? 'who knows' : 'so many'}`),
    update(done) {
      latest = done
    },
    end: () => void steps.push(latest === count ? 'all files' : 'all bytes'),
  }

  await Array.fromAsync(imported(manyFiles(), store, never, progress))

  expect(steps).toEqual(['looking at files of who knows', 'all files', 'importing of so many', 'all bytes'])
  store.close()
})

test.each([
  ['shorter', (path: string) => truncateSync(path, statSync(path).size / 2), { read: 6, stored: 4, rejected: 2 }],
  ['longer', (path: string) => appendFileSync(path, `${rowOf(99)}\n`), { read: 11, stored: 10, rejected: 1 }],
])('of a file that became %s after its hash was made, that is told, and what has that hash alone is read', async (_, change, counts) => {
  const path = join(temporaryFolder(), 'a.csv')
  writeFileSync(path, `${header}\n${Array.from({ length: 10 }, (_, i) => rowOf(i)).join('\n')}\n`)
  const store = openCase(temporaryFolder())
  const progress: Progress = { ...silent, begin: (label) => void (label === 'importing' && change(path)) }

  const files = await Array.fromAsync(imported(path, store, never, progress))

  expect(files).toMatchObject([
    { fate: 'imported', counts, brokeOff: expect.stringContaining('changed while it was read') },
  ])
  store.close()
})

test.each<[string, string, (path: string) => void]>([
  ['became shorter', 'a.csv', (path) => truncateSync(path, statSync(path).size / 2)],
  ['was written anew', 'a.csv', (path) => writeFileSync(path, readFileSync(path).reverse())],
  ['was put in place of another', 'a.csv', (path) => replace(path, Buffer.concat([readFileSync(path), Buffer.of(10)]))],
  ['could not be opened any more', 'a.csv', (path) => rmSync(path)],
  ['is packed, and became longer', 'a.csv.gz', (path) => appendFileSync(path, gzipSync(rowOf(99)))],
  ['is packed, and was put in place of another', 'a.csv.gz', (path) => replace(path, gzipSync(rowsOf(3)))],
  ['is a zip, and was put in place of another', 'a.zip', (path) => replace(path, Buffer.alloc(9))],
  ['is a tar, and was put in place of another', 'a.tar', (path) => replace(path, readFileSync(path))],
])('of what %s while it was read nothing is taken for the file of that hash, which is read whole when it is there again', async (_, name, change) => {
  const path = join(temporaryFolder(), name)
  const rows = rowsOf(10)
  const packers: Readonly<Record<string, (content: Buffer) => Uint8Array>> = {
    '.gz': gzipSync,
    '.tar': (content) => tarOf({ name: 'a.csv', content }),
    '.zip': (content) => zipOf({ name: 'a.csv', content }),
  }
  const bytes = packers[extname(name)]?.(rows) ?? rows
  writeFileSync(path, bytes)
  const store = openCase(temporaryFolder())
  const progress: Progress = { ...silent, begin: (label) => void (label === 'importing' && change(path)) }

  const [broken] = await Array.fromAsync(imported(path, store, never, progress))
  writeFileSync(path, bytes)
  const [whole] = await Array.fromAsync(imported(path, store))
  const [again] = await Array.fromAsync(imported(path, store))

  expect(broken?.brokeOff).toBeDefined()
  expect(whole).toMatchObject({ fate: 'imported', counts: { read: 10, rejected: 0 } })
  expect(again).toMatchObject({ fate: 'known', counts: { read: 10, duplicate: 10 } })
  expect(store.evidences().map(({ sha256, complete }) => [sha256.slice(0, 8), complete])).toEqual([
    ['unknown-', true],
    [expect.stringMatching(/^[0-9a-f]{8}$/), true],
  ])
  store.close()
})

test('of very many files some at a time are looked at and imported, and all are told in their order', async () => {
  const evidence = manyFiles()
  const store = openCase(temporaryFolder())
  const steps: string[] = []
  const progress: Progress = { ...silent, begin: (label) => void steps.push(label) }

  const files = await Array.fromAsync(imported(evidence, store, never, progress, new Set(), undefined, 25))

  expect(steps.filter((label) => label === 'looking at files' || label === 'importing')).toEqual(
    [1, 2, 3].flatMap(() => ['looking at files', 'importing']),
  )
  expect(files.map(({ path }) => path)).toEqual(Array.from({ length: count }, (_, i) => pathOf(evidence, i)))
  expect(files.every(({ fate, counts }) => fate === 'imported' && counts.stored === 1)).toBe(true)
  store.close()
})

test('a record that becomes more objects than a worker has memory for is stored like the others', async () => {
  const path = join(temporaryFolder(), 'audit.jsonl')
  const record = { CreationTime: '2026-03-09T10:00:00', Id: 'a', Operation: 'Send', UserId: 'alice@contoso.example' }
  const large = JSON.stringify({ ...record, Id: 'b', ExtendedProperties: [] }).replace(
    '[]',
    `[${'[],'.repeat(4_000_000)}1]`,
  )
  writeFileSync(path, `${JSON.stringify(record)}\n${large}\n`)
  const store = openCase(temporaryFolder())

  const [file] = await Array.fromAsync(imported(path, store))

  expect(file).toMatchObject({ fate: 'imported', counts: { read: 2, stored: 2 } })
  store.close()
})

function imported(
  evidence: string,
  store: CaseStore,
  signal = never,
  progress = silent,
  passOver = new Set<string>(),
  dates?: DateOrder,
  most?: number,
) {
  const request = {
    paths: [evidence],
    mailbox: 'alice@contoso.example',
    stdin: Readable.from([]),
    scratch: temporaryFolder(),
    passOver,
    dates,
  }
  return importFiles(request, { store, progress }, signal, most)
}

function rowsOf(rows: number): Buffer {
  return Buffer.from(`${header}\n${Array.from({ length: rows }, (_, i) => rowOf(i)).join('\n')}\n`)
}

/** Puts another file into a file's place. */
function replace(path: string, bytes: Buffer): void {
  writeFileSync(`${path}.new`, bytes)
  renameSync(`${path}.new`, path)
}

function rowOf(i: number, noted = note): string {
  return `2018-03-01T02:00:00.0${10 + i}Z,Exchange,SearchQueryPerformed,item-${i},2018-03-01T02:00:00.0${10 + i}Z,,"{'Query': '${noted}'}"`
}

function manyFiles(noted = note): string {
  const folder = temporaryFolder()
  for (let i = 0; i < count; i += 1) {
    writeFileSync(pathOf(folder, i), `${header}\n${rowOf(i, noted)}\n`)
  }
  return folder
}

function pathOf(folder: string, i: number): string {
  return join(folder, `${10 + i}.csv`)
}
