import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { constants, createZstdCompress, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { isDenied, reasonOf } from '#src/sources/files/content.ts'
import { discovered, lines, only, readable, textOf } from '../../support/discovered.ts'
import { fileOf } from '../../support/folder.ts'
import { zipOf } from '../../support/zip.ts'

const never = new AbortController().signal
const sample = Array.from({ length: 40_000 }, (_, i) => `${i},Zürich \u{1f40e},日本,${'x'.repeat(i % 7)}\n`).join('')
const utf8 = Buffer.from(sample)
const le = (text: string) => Buffer.from(text, 'utf16le')
const be = (text: string) => le(text).swap16()
const marked = `\ufeff${sample}`

/** RFC 8878, 3.1.2. */
const skipped = Buffer.of(0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9)

const kinds: Record<string, Buffer> = {
  'UTF-8': utf8,
  'UTF-8 with BOM': Buffer.from(marked),
  'UTF-16 LE with BOM': le(marked),
  'UTF-16 BE with BOM': be(marked),
  'UTF-16 LE without BOM': le(sample),
  'UTF-16 BE without BOM': be(sample),
  gzip: gzipSync(utf8),
  'gzip of many parts': Buffer.concat([
    gzipSync(utf8.subarray(0, 999)),
    gzipSync(utf8.subarray(999)),
    Buffer.alloc(512),
  ]),
  'gzip of UTF-16 LE': gzipSync(le(marked)),
  'gzip of gzip': gzipSync(gzipSync(utf8)),
  'deflated member': zipOf({ name: 'a.csv', content: utf8 }),
  'stored member': zipOf({ name: 'a.csv', content: utf8, method: 0 }),
  'UTF-16 BE in a member': zipOf({ name: 'a.csv', content: be(sample) }),
  'gzip in a zip': zipOf({ name: 'a.csv', content: gzipSync(utf8) }),
  'zip in a zip': zipOf({ name: 'a.zip', content: zipOf({ name: 'a.csv', content: utf8 }) }),
  'zip in a gzip': gzipSync(zipOf({ name: 'a.csv', content: utf8 })),
  zstd: zstdCompressSync(utf8),
  'zstd of many frames, some to be skipped': Buffer.concat([
    skipped,
    zstdCompressSync(utf8.subarray(0, 999)),
    skipped,
    zstdCompressSync(utf8.subarray(999)),
  ]),
  'zstd of UTF-16 LE': zstdCompressSync(le(marked)),
  'member packed with zstd': zipOf({ name: 'a.csv', content: utf8, packed: zstdCompressSync(utf8), method: 93 }),
  'zip in a zstd': zstdCompressSync(zipOf({ name: 'a.csv', content: utf8 })),
}

test.each(Object.entries(kinds))('%s is read as its text, from wherever one wants', async (_, bytes) => {
  const content = only(await discovered([fileOf(bytes, 'a.bin')]))

  expect((await textOf(content)).text.equals(utf8)).toBe(true)
  for (const offset of [1, 131_072, 500_001, utf8.length - 1, utf8.length, utf8.length + 5]) {
    expect((await textOf(content, offset)).text.equals(utf8.subarray(offset))).toBe(true)
  }
})

test.each(Object.entries(kinds))('%s comes in pieces that are never large', async (_, bytes) => {
  const content = only(await discovered([fileOf(bytes)]))

  const sizes: number[] = []
  for await (const chunk of content.text(0, never)) sizes.push(chunk.length)

  expect(sizes.length).toBeGreaterThan(1)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(256 * 1024)
})

test('the hash is of the bytes as they lie there: of the .gz itself, and of the member that was extracted', async () => {
  const gz = gzipSync(utf8)
  const zip = zipOf({ name: 'a.csv', content: marked }, { name: 'b.csv.gz', content: gz })

  const single = only(await discovered([fileOf(gz)]))
  const members = (await discovered([fileOf(zip)])).map(readable)

  expect(await single.hash(never)).toEqual(hashOf(gz))
  expect(await members[0]?.hash(never)).toEqual(hashOf(Buffer.from(marked)))
  expect(await members[1]?.hash(never)).toEqual(hashOf(gz))
})

test('an empty file is a content without text', async () => {
  const content = only(await discovered([fileOf('')]))

  expect(await textOf(content)).toEqual({ text: Buffer.alloc(0) })
  expect(await content.hash(never)).toEqual(hashOf(Buffer.alloc(0)))
})

test('a character of UTF-16 may lie across any border of what is read', async () => {
  for (const shift of [0, 1]) {
    const text = 'a'.repeat(shift) + '\u{1f40e}é'.repeat(100_000)
    const content = only(await discovered([fileOf(le(`\ufeff${text}`))]))

    expect((await textOf(content)).text.equals(Buffer.from(text))).toBe(true)
  }
})

test('half a character becomes U+FFFD, whether it stands in the middle or at the end', async () => {
  const broken = Buffer.concat([le('\ufeffa'), Buffer.of(0x0e, 0xdc, 0x3d, 0xd8), le('b'), Buffer.of(0x3d, 0xd8, 0x00)])
  const odd = Buffer.concat([be('\ufeffab'), Buffer.of(0x00)])

  expect((await textOf(only(await discovered([fileOf(broken)])))).text.toString()).toBe('a\ufffd\ufffdb\ufffd')
  expect((await textOf(only(await discovered([fileOf(odd)])))).text.toString()).toBe('ab\ufffd')
})

test.each([
  ['a short text', Buffer.from('ab')],
  ['bytes that are zero here and there', Buffer.from(`${'a'.repeat(100)}\0${'b'.repeat(99)}\0`)],
  ['little numbers', Buffer.from(Uint32Array.from({ length: 99 }, (_, i) => i + 1).buffer)],
  ['zeros', Buffer.alloc(5000)],
  ['Windows-1252', Buffer.of(0x5a, 0xfc, 0x72, 0x0a)],
])('%s is not taken for UTF-16', async (_, bytes) => {
  const content = only(await discovered([fileOf(bytes)]))

  expect((await textOf(content)).text.equals(bytes)).toBe(true)
})

test('a gzip that is cut off gives all there is before the cut, and then says so', async () => {
  const gz = gzipSync(utf8)
  for (const cut of [gz.length >> 1, gz.length - 8, gz.length - 1]) {
    const content = only(await discovered([fileOf(gz.subarray(0, cut))]))

    const { text, error } = await textOf(content)

    expect(error).toContain('it is cut off')
    expect(text.equals(utf8.subarray(0, text.length))).toBe(true)
    expect(text.length).toBeGreaterThan((utf8.length * (cut - 70_000)) / gz.length)
    expect(await content.hash(never)).toEqual(hashOf(gz.subarray(0, cut)))
  }
})

test('a gzip whose checksum is wrong gives all it has, and then says so', async () => {
  const gz = gzipSync(utf8)
  gz.fill(0, gz.length - 8, gz.length - 4)

  const { text, error } = await textOf(only(await discovered([fileOf(gz)])))

  expect(error).toContain('does not match its checksum')
  expect(text.equals(utf8)).toBe(true)
})

test('nothing is lost that stands before a damage in the same piece of input', async () => {
  const part = Buffer.from('a,b\n1,2\n')
  const junk = Buffer.concat([gzipSync(part), gzipSync(part), Buffer.from('junk')])
  const hidden = Buffer.concat([gzipSync(part), Buffer.alloc(5), gzipSync(part)])

  const afterJunk = await textOf(only(await discovered([fileOf(junk)])))
  const afterZeros = await textOf(only(await discovered([fileOf(hidden)])))
  const resumed = await textOf(only(await discovered([fileOf(junk)])), part.length + 4)

  expect(afterJunk.text.toString()).toBe('a,b\n1,2\na,b\n1,2\n')
  expect(afterJunk.error).toContain('what follows here is not gzip')
  expect(afterZeros.text.toString()).toBe('a,b\n1,2\n')
  expect(afterZeros.error).toContain('after its end there are more bytes')
  expect(resumed.text.toString()).toBe('1,2\n')
})

test('a damage deep in a gzip costs nothing before it', async () => {
  const whole = gzipSync(utf8, { finishFlush: constants.Z_SYNC_FLUSH }) // All of it, but without an end.
  const broken = Buffer.concat([whole, Buffer.alloc(100_000, 0xff)])

  const { text, error } = await textOf(only(await discovered([fileOf(broken)])))

  expect(error).toContain('it is damaged from here on (invalid block type)')
  expect(text.equals(utf8)).toBe(true)
})

test('a zstd that is cut off, damaged or followed by something gives all there is before that, and then says so', async () => {
  const params = { [constants.ZSTD_c_checksumFlag]: 1 }
  const whole = zstdCompressSync(utf8, { params })
  const [broken, other] = [Buffer.from(whole), Buffer.from(whole)]
  broken.fill(0xff, whole.length - 20_000)
  other.fill(0, whole.length - 4)
  const cases: [Buffer, reason: string, least: number][] = [
    [whole.subarray(0, whole.length >> 1), 'it is cut off', utf8.length / 5],
    [whole.subarray(0, -1), 'it is cut off', utf8.length],
    [broken, 'it is damaged from here on', utf8.length / 5],
    [other, 'does not match its checksum', utf8.length],
    [Buffer.concat([whole, Buffer.from('junk')]), 'after its end there are more bytes', utf8.length],
  ]

  for (const [bytes, reason, least] of cases) {
    const content = only(await discovered([fileOf(bytes)]))
    const { text, error } = await textOf(content)

    expect(error).toContain(reason)
    expect(text.length).toBeGreaterThanOrEqual(least)
    expect(text.equals(utf8.subarray(0, text.length))).toBe(true)
    expect(await content.hash(never)).toEqual(hashOf(bytes))
  }
})

test('a zstd that has to look back too far is told with what to do', async () => {
  const params = { [constants.ZSTD_c_windowLog]: 28, [constants.ZSTD_c_compressionLevel]: 1 }
  const stream = createZstdCompress({ params })
  stream.write(utf8)
  const path = fileOf(Buffer.concat(await Array.fromAsync(stream.end())))

  expect(lines(await discovered([path]), path)).toEqual([expect.stringContaining('zstd --long')])
})

test('a gzip of which nothing can be read is told', async () => {
  const path = fileOf(Buffer.concat([gzipSync('a').subarray(0, 10), Buffer.alloc(100, 0xff)]), 'a.gz')
  const cut = fileOf(gzipSync('a').subarray(0, 10), 'a.gz')

  expect(lines(await discovered([path]), path)).toEqual([expect.stringContaining('it is damaged from here on')])
  expect(lines(await discovered([cut]), cut)).toEqual([expect.stringContaining('it is cut off')])
})

test('a file that went away while it was read is told', async () => {
  const path = fileOf('a')
  const content = only(await discovered([path]))
  rmSync(path)

  expect((await textOf(content)).error).toBe('there is no such file')
  await expect(content.hash(never)).rejects.toThrow('there is no such file')
})

test('what is packed by the name only is read as it is', async () => {
  const content = only(await discovered([fileOf('a,b\n', 'a.csv.gz')]))

  expect((await textOf(content)).text.toString()).toBe('a,b\n')
})

test.each<[string, true | undefined, string]>([
  ['a 7z archive', true, '7z\xbc\xaf\x27\x1c'],
  ['a RAR archive', true, 'Rar!\x1a\x07\x00'],
  ['packed with xz', true, '\xfd7zXZ\x00'],
  ['packed with bzip2', true, 'BZh91AY&SY'],
  ['a tar that is damaged', true, `${'\0'.repeat(257)}ustar`],
  ['UTF-32 text', true, '\xff\xfe\x00\x00a\x00\x00\x00'],
  ['an old Office document', undefined, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['a database', undefined, 'SQLite format 3\x00'],
  ['an Outlook data file', undefined, '!BDN'],
  ['a Windows event log', undefined, 'ElfFile\x00'],
  ['a PDF', undefined, '%PDF-1.7'],
])('%s is told by its first bytes, packed or not, and whether it may be evidence', async (reason, mayBeEvidence, magic) => {
  const bytes = Buffer.from(magic, 'latin1')
  const path = fileOf(bytes, 'a.csv')
  const packed = fileOf(gzipSync(bytes), 'a.csv')

  expect(await discovered([path, packed])).toEqual([
    { path, named: true, reason: expect.stringContaining(reason), mayBeEvidence },
    { path: packed, named: true, reason: expect.stringContaining(reason), mayBeEvidence },
  ])
})

function hashOf(bytes: Buffer): { sha256: string; size: number } {
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }
}

test('a file that another program keeps for itself, as on Windows, is told as one that others could read', () => {
  const error = Object.assign(new Error("EBUSY: resource busy or locked, open 'a.csv'"), { code: 'EBUSY' })

  expect(reasonOf(error)).toBe('another program has it open: close it there, or copy it')
  expect(isDenied(error)).toBe(true) // So it is a failure, whoever named it or a folder above it.
})
