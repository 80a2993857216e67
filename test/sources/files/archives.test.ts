import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { limits } from '#src/sources/files/limits.ts'
import { discovered, lines, only, readable, textOf } from '../../support/discovered.ts'
import { fileOf, temporaryFolder } from '../../support/folder.ts'
import { type ZipMember, zipOf } from '../../support/zip.ts'

const never = new AbortController().signal

test('the members of a zip are found in its order, and are named as the zip is', async () => {
  const folder = temporaryFolder()
  const zip = zipOf({ name: 'b.csv', content: 'b' }, { name: 'in/' }, { name: 'in/a.csv', content: 'a', method: 0 })
  mkdirSync(join(folder, 'sub'))
  writeFileSync(join(folder, 'export.dat'), zip)
  writeFileSync(join(folder, 'sub/export.zip'), zip)

  const found = await discovered([join(folder, 'export.dat'), folder])

  expect(lines(found, folder)).toEqual([
    'export.dat/b.csv',
    'export.dat/in/a.csv',
    'sub/export.zip/b.csv',
    'sub/export.zip/in/a.csv',
  ])
  expect(found.map(({ named }) => named)).toEqual([true, true, false, false])
  expect((await textOf(readable(found[3]))).text.toString()).toBe('a')
})

test('a zip in a zip is looked into, a third is told, and so is a gzip that lies as deep', async () => {
  const third = zipOf({ name: 'c.csv', content: 'c' })
  const second = zipOf(
    { name: 'b.csv', content: 'b' },
    { name: 'third.zip', content: third },
    { name: 'c.gz', content: gzipSync('c') },
  )
  const path = fileOf(zipOf({ name: 'second.zip', content: second }, { name: 'a.csv', content: 'a' }), 'first.zip')

  const found = await discovered([path])

  const deep = 'packed more than twice: unpack what it lies in, and give the folder'
  expect(lines(found, path)).toEqual([
    'second.zip/b.csv',
    `second.zip/third.zip: ${deep}`,
    `second.zip/c.gz: ${deep}`,
    'a.csv',
  ])
})

test('a gzip that unpacks to itself, or to others without end, is not followed for ever', async () => {
  const content = [1, 2, 3, 4].reduce((inner) => gzipSync(inner), Buffer.from('a'))
  const path = fileOf(content, 'a.gz')

  expect(lines(await discovered([path]), '')).toEqual([expect.stringContaining('packed more than twice')])
})

test('names that lead elsewhere, hide something or repeat are shown, and differ', async () => {
  const zip = zipOf(
    { name: '../../etc/passwd', content: '1' },
    { name: '/etc/passwd', content: '2' },
    { name: 'C:\\x\\a.csv', content: '3' },
    { name: 'a\u0000\u001b[2J\u202evsc.exe', content: '4' },
    { name: 'a.csv', content: '5' },
    { name: 'a.csv (2)', content: '6' },
    { name: 'a.csv', content: '7' },
    { name: 'a.csv', content: '8' },
    { name: '', content: '9' },
  )
  const path = fileOf(zip, 'a.zip')

  const found = await discovered([path])

  expect(lines(found, path)).toEqual([
    '../../etc/passwd',
    '/etc/passwd',
    'C:/x/a.csv',
    'a\\u{0}\\u{1b}[2J\\u{202e}vsc.exe',
    'a.csv',
    'a.csv (2)',
    'a.csv (3)',
    'a.csv (4)',
    '(no name)',
  ])
  const texts = await Promise.all(found.map((each) => textOf(readable(each))))
  expect(texts.map(({ text }) => text.toString()).join('')).toBe('123456789')
})

test('a member cannot take the path of one in a zip beside it', async () => {
  const inner = zipOf({ name: 'a.csv', content: 'inner' })
  const path = fileOf(zipOf({ name: 'in.zip', content: inner }, { name: 'in.zip/a.csv', content: 'outer' }), 'a.zip')

  expect(lines(await discovered([path]), path)).toEqual(['in.zip/a.csv', 'in.zip/a.csv (2)'])
})

test('a member that cannot be unpacked is told, and the others are read', async () => {
  const zip = zipOf(
    { name: 'locked.csv', content: 'a', flags: 1 },
    { name: 'big.csv', content: 'a', method: 9 },
    { name: 'odd.csv', content: 'a', method: 77 },
    { name: 'lost.csv', content: 'a', offset: 7 },
    { name: 'a.csv', content: 'a' },
  )
  const path = fileOf(zip, 'a.zip')

  const found = await discovered([path])

  expect(lines(found, path)).toEqual([
    'locked.csv: password protected: unpack it and give the folder',
    'big.csv: packed with Deflate64, which is not read here: unpack it and give the folder',
    'odd.csv: packed with method 77, which is not read here: unpack it and give the folder',
    expect.stringContaining('lost.csv: the zip is damaged: invalid local file header signature'),
    'a.csv',
  ])
  expect(found.map((each) => 'mayBeEvidence' in each)).toEqual([true, true, true, true, false])
})

test.each<[string, Partial<ZipMember>, string, string]>([
  ['has another checksum', { crc: 1 }, 'a,b\n1,2\n', 'does not match its checksum'],
  ['is longer than it says', { size: 4 }, 'a,b\n', 'longer than the zip says'],
  ['is shorter than it says', { size: 99 }, 'a,b\n1,2\n', 'shorter than the zip says'],
  ['is cut off', { packed: deflateRawSync('a,b\n1,2\n').subarray(0, -2) }, 'a,b\n1,2', 'it is cut off'],
  ['has more in it', { packed: Buffer.from('\x4b\x04\x00hidden', 'latin1'), size: 1 }, 'a', 'after its end there are'],
])('a member that %s gives all it has, and then says so', async (_, said, text, error) => {
  const content = only(await discovered([fileOf(zipOf({ name: 'a.csv', content: 'a,b\n1,2\n', ...said }))]))

  const read = await textOf(content)

  expect(read.text.toString()).toBe(text)
  expect(read.error).toContain(error)
  expect(await content.hash(never)).toEqual({
    sha256: createHash('sha256').update(text).digest('hex'),
    size: text.length,
  })
})

test('a zip that is damaged gives the members before the damage, and then says so', async () => {
  const zip = zipOf({ name: 'a.csv', content: 'a' }, { name: 'b.csv', content: 'b' })
  const entry = zip.lastIndexOf('PK\x01\x02')
  const broken = fileOf(Buffer.concat([zip.subarray(0, entry), Buffer.from('XX'), zip.subarray(entry + 2)]), 'a.zip')

  expect(lines(await discovered([broken]), broken)).toEqual([
    'a.csv',
    expect.stringContaining('the zip is damaged: invalid central directory file header signature'),
  ])
})

const cutOff = 'the zip is damaged: it is cut off, and all but the members that are whole is missing; get it again'

test('of a zip that is cut off the whole members are read, and it is told', async () => {
  const [small, large, decoy] = ['a,b\n1,2\n', lettersOf(300_000), 'a,PK\x07\x08 is no end\n']
  const long = 'd'.repeat(2 ** 16 - 8) // Read 64 KB at a time, its end stands in two pieces.
  const zip = zipOf(
    { name: 'in/', method: 0 },
    { name: 'a.csv', content: small },
    { name: 'none.csv', method: 0 },
    { name: 'b.csv', content: large, ...describedBehind(deflateRawSync(large), large) },
    { name: 'c.csv', content: decoy, ...describedBehind(Buffer.from(decoy)), method: 0 },
    { name: 'd.csv', ...describedBehind(Buffer.from(long)), method: 0 },
    { name: 'e.csv', content: large },
  )
  const end = zip.indexOf('PK\x01\x02')
  const path = fileOf(zip.subarray(0, end - 9), 'a.zip')

  const found = await discovered([path])
  const whole = await discovered([fileOf(zip.subarray(0, end), 'b.zip')])
  const packed = await discovered([fileOf(gzipSync(zip, { level: 0 }).subarray(0, end), 'c.gz')])

  expect(lines(found, path)).toEqual(['a.csv', 'none.csv', 'b.csv', 'c.csv', 'd.csv', `${path}: ${cutOff}`])
  const texts = await Promise.all(found.slice(0, 5).map((each) => textOf(readable(each))))
  expect(texts).toEqual([small, '', large, decoy, long].map((text) => ({ text: Buffer.from(text) })))
  expect([whole.length, packed.length]).toEqual([7, 6])
})

test('of a zip that is cut off nothing is made up: neither a member without its end, nor one that has its size elsewhere', async () => {
  const elsewhere = zipOf({ name: 'a.csv', content: 'a' })
  elsewhere.writeUInt32LE(0xffffffff, 18)
  const behind = zipOf({
    name: 'a.csv',
    ...describedBehind(deflateRawSync('a')),
    flags: 8,
    packed: deflateRawSync('a'),
  })

  for (const zip of [elsewhere, behind, zipOf({ name: 'a.csv', content: lettersOf(9000), method: 0 })]) {
    const path = fileOf(zip.subarray(0, zip.indexOf('PK\x01\x02') - (zip.length > 9000 ? 9 : 0)), 'a.zip')
    expect(lines(await discovered([path]), path)).toEqual([`${path}: ${cutOff}`])
  }
})

test('a zip whose directory is said to lie beyond all places is told, rather than the end of the process', async () => {
  const locator = Buffer.alloc(20)
  locator.write('PK\x06\x07')
  locator.writeBigUInt64LE(2n ** 60n, 8)
  const zip = zipOf({ name: 'a.csv', content: 'a' })
  const path = fileOf(Buffer.concat([zip.subarray(0, -22), locator, zip.subarray(-22)]), 'a.zip')

  expect(lines(await discovered([path]), '')).toEqual([expect.stringContaining('its directory lies beyond its end')])
})

test('a zip without members, and one that holds folders only, are told', async () => {
  const empty = fileOf(zipOf(), 'a.zip')
  const folders = fileOf(zipOf({ name: 'in/', method: 0 }), 'a.zip')

  const found = await discovered([empty, folders])

  expect(found.map((each) => 'reason' in each && each.reason)).toEqual(['the zip is empty', 'the zip is empty'])
})

test.each<[string, string, true | undefined]>([
  ['xl/workbook.xml', 'an Excel workbook that is damaged: get it again, or save it as CSV', true],
  ['word/document.xml', 'a Word document: save it as text', undefined],
  ['other.xml', 'an Office document: save it as CSV', undefined],
])('a document with %s is told to be %s, also when it lies in a zip', async (name, reason, mayBeEvidence) => {
  const document = zipOf({ name, content: 'a' }, { name: '[Content_Types].xml', content: 'a' })
  const scratch = temporaryFolder()
  const path = fileOf(document, 'a.csv')
  const outer = fileOf(zipOf({ name: 'a.xlsx', content: document }), 'a.zip')

  const found = await discovered([path, outer], { scratch })

  expect(found).toEqual([
    { path, named: true, reason, mayBeEvidence },
    { path: `${outer}/a.xlsx`, named: true, reason, mayBeEvidence },
  ])
  expect(readdirSync(scratch).flatMap((folder) => readdirSync(join(scratch, folder)))).toEqual([])
})

test.each<[string, (bytes: Buffer) => Buffer]>([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
])('a %s that grows beyond all measure is stopped, and gives what came before', async (_, pack) => {
  const small = { ...limits, expandedBytes: 2 ** 22 }
  const bomb = pack(Buffer.alloc(2 ** 25))
  const content = only(await discovered([fileOf(bomb)], { limits: small }))

  const { text, error } = await textOf(content)

  expect(text.length).toBeGreaterThan(2 ** 22)
  expect(text.length).toBeLessThan(2 ** 22 + 2 ** 25)
  expect(error).toContain('it unpacks to')
})

test('a gzip in a gzip is measured by what lies on the disk', async () => {
  const small = { ...limits, expandedBytes: 2 ** 22 }
  const bomb = gzipSync(gzipSync(Buffer.alloc(2 ** 25)))
  const honest = only(await discovered([fileOf(gzipSync(gzipSync(lettersOf(2 ** 23))))], { limits: small }))

  const { text, error } = await textOf(only(await discovered([fileOf(bomb)], { limits: small })))

  expect(error).toContain('it unpacks to')
  expect(text.length).toBeLessThan(2 ** 25)
  expect((await textOf(honest)).error).toBeUndefined()
})

test('a member with which all grow beyond all measure is told, and what fits behind it is looked at', async () => {
  const small = { ...limits, expandedBytes: 2 ** 20 }
  const zeros = (name: string) => ({ name, content: Buffer.alloc(600_000) })
  const [first, last] = [
    { name: 'a.csv', content: 'a' },
    { name: 'z.csv', content: 'z' },
  ]
  const path = fileOf(zipOf(first, zeros('b'), zeros('c'), zeros('d'), last), 'a.zip')

  const found = await discovered([path], { limits: small })

  const beyond = expect.stringMatching(
    /^[cd]: with it the zip unpacks to 1,200,001 bytes and more, .* give the folder$/,
  )
  expect(lines(found, path)).toEqual(['a.csv', 'b', beyond, beyond, 'z.csv'])
})

test('a member whose size is an error is read, and so are the others', async () => {
  const path = fileOf(
    zipOf({ name: 'a.csv', content: 'a', size: 2 ** 32 - 2 }, { name: 'b.csv', content: 'b' }),
    'a.zip',
  )

  const found = await discovered([path])

  expect(lines(found, path)).toEqual(['a.csv', 'b.csv'])
  expect((await textOf(readable(found[0]))).text.toString()).toBe('a')
})

test('no more members are looked at than there may be, and that is told', async () => {
  const members = Array.from({ length: 12 }, (_, i) => ({ name: `${i}.csv`, content: 'a' }))
  const path = fileOf(zipOf(...members), 'a.zip')
  const full = await discovered([path], { limits: { ...limits, members: 12 } })

  const found = await discovered([path], { limits: { ...limits, members: 10 } })

  expect(lines(found, path)).toHaveLength(11)
  expect(found[10]).toMatchObject({
    path,
    mayBeEvidence: true,
    named: true,
    reason: expect.stringContaining('it has more than 10 members'),
  })
  expect(full.filter((each) => 'reason' in each)).toEqual([])
})

test('archives in archives take no more of the disk than they may', async () => {
  const inner = zipOf({ name: 'a.csv', content: lettersOf(1000), method: 0 })
  const path = fileOf(zipOf({ name: '1.zip', content: inner }, { name: '2.zip', content: inner }), 'a.zip')

  const found = await discovered([path], { limits: { ...limits, spooledBytes: 1500 } })

  expect(lines(found, path)).toEqual([
    '1.zip/a.csv',
    '2.zip: what is packed in it takes too much space: unpack it (save a workbook as CSV) and give the folder',
  ])
})

test('1,000 members are read without leaving files open', async () => {
  const members = Array.from({ length: 1000 }, (_, i) => ({ name: `${i}.csv`, content: `row ${i}\n` }))
  const path = fileOf(zipOf(...members), 'a.zip')
  const before = openFiles()

  const found = await discovered([path])
  const texts: string[] = []
  for (const each of found) texts.push((await textOf(readable(each))).text.toString())

  expect(texts).toEqual(members.map(({ content }) => content))
  expect(openFiles()).toBeLessThan(before + 20)
})

/** What a packer writes that cannot go back: the sizes stand behind the bytes, with the checksum. */
function describedBehind(bytes: Buffer, content: string | Buffer = bytes): Pick<ZipMember, 'flags' | 'packed'> {
  const descriptor = Buffer.from('PK\x07\x08'.padEnd(16, '\0'))
  for (const [i, number] of [crc32(content), bytes.length, content.length].entries())
    descriptor.writeUInt32LE(number, 4 + 4 * i)
  return { flags: 8, packed: Buffer.concat([bytes, descriptor]) }
}

/** How many files this process has open, where the system tells. */
function openFiles(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
}

/** Text that packs no better than honest text does. */
function lettersOf(length: number): string {
  const line = (i: number) =>
    createHash('sha256')
      .update(`${i >> 3}`)
      .digest('hex')
  return Array.from({ length: Math.ceil(length / 64) }, (_, i) => line(i))
    .join('')
    .slice(0, length)
}
