import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { limits } from '#src/sources/files/limits.ts'
import { discovered, lines, readable, textOf } from '../../support/discovered.ts'
import { fileOf, temporaryFolder } from '../../support/folder.ts'
import { paxRecord, type TarredMember, tarOf, tarred } from '../../support/tar.ts'
import { zipOf } from '../../support/zip.ts'

const never = new AbortController().signal
const [a, b] = [
  { name: './a.csv', content: 'a,b\n1,2\n' },
  { name: 'in/b.csv', content: 'b'.repeat(1300) },
]

test.each<[string, (tar: Buffer) => Buffer]>([
  ['a tar', (tar) => tar],
  ['a tar in a gzip', gzipSync],
  ['a tar in a zstd', zstdCompressSync],
  ['a tar in a zip', (tar) => zipOf({ name: 'x.tar', content: tar })],
  ['a tar in a gzip in a zip', (tar) => zipOf({ name: 'x.tgz', content: gzipSync(tar) })],
])('the files in %s are read, each with the hash of its own bytes and from any place', async (_, pack) => {
  const path = fileOf(pack(tarOf(a, { name: 'in/', type: '5' }, b)), 'x.dat')

  const found = await discovered([path])

  expect(lines(found, path).map((line) => line.replace(/^x\.t.*?\//, ''))).toEqual(['a.csv', 'in/b.csv'])
  const [first, second] = [readable(found[0]), readable(found[1])]
  expect(await first.hash(never)).toEqual({ sha256: createHash('sha256').update(a.content).digest('hex'), size: 8 })
  expect((await textOf(first)).text.toString()).toBe(a.content)
  expect(first.modified).toBe(Date.UTC(2023, 10, 14, 22, 13, 20))
  expect(await textOf(second, 1298)).toEqual({ text: Buffer.from('bb') })
  expect(await textOf(second, 1300)).toEqual({ text: Buffer.from('') })
})

test('what is packed in a tar is unpacked, and no deeper than in a zip', async () => {
  const tar = tarOf(
    { name: 'a.gz', content: gzipSync('a') },
    { name: 'b.zip', content: zipOf({ name: 'b.csv', content: 'b' }, { name: 'c.gz', content: gzipSync('c') }) },
    {
      name: 'd.tgz',
      content: gzipSync(tarOf({ name: 'e.csv', content: 'e' }, { name: 'f.gz', content: gzipSync('f') })),
    },
  )
  const [path, packed] = [fileOf(tar, 'a.tar'), fileOf(gzipSync(tar), 'a.tgz')]
  const deep = 'packed more than twice: unpack what it lies in, and give the folder'
  const expected = ['a.gz', 'b.zip/b.csv', `b.zip/c.gz: ${deep}`, 'd.tgz/e.csv', `d.tgz/f.gz: ${deep}`]

  expect(lines(await discovered([path]), path)).toEqual(expected)
  expect(lines(await discovered([packed]), packed)).toEqual(expected)
})

test('a gzip in a tar is measured by what it takes there', async () => {
  const honest = gzipSync(randomBytes(2 ** 20).toString('hex'))
  const tar = tarOf({ name: 'a.gz', content: honest }, { name: 'b.gz', content: gzipSync(Buffer.alloc(2 ** 22)) })
  const found = await discovered([fileOf(tar, 'a.tar')], { limits: { ...limits, expandedBytes: 2 ** 19 } })

  expect((await textOf(readable(found[0]))).error).toBeUndefined()
  expect((await textOf(readable(found[1]))).error).toContain('it unpacks to')
})

const long = `${'folder/'.repeat(30)}ü.csv`

test.each<[string, readonly TarredMember[]]>([
  ['of POSIX, in two fields', [{ name: 'ü.csv', folder: long.slice(0, -'/ü.csv'.length).slice(0, 155), content: 'a' }]],
  ['of pax', [{ name: 'h', type: 'x', content: paxRecord('mtime', '1.5') + paxRecord('path', long) }, a]],
  [
    'of GNU',
    [{ name: 'l', type: 'L', content: `${long}\0` }, { name: 'k', type: 'K', content: paxRecord('path', 'k') }, a],
  ],
])('a long name %s is the name of the next file, and of no other', async (_, members) => {
  const path = fileOf(tarOf(...members, b), 'a.tar')

  const [first, second] = lines(await discovered([path]), path)

  expect(first).toMatch(/^(?:folder\/){22}.*\/ü\.csv$/)
  expect(second).toBe('in/b.csv')
})

test('sizes that pax or GNU write for what octal digits cannot hold are read', async () => {
  const gnu = Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8]).toString('latin1')
  const path = fileOf(
    tarOf(
      { name: 'p', type: 'x', content: paxRecord('size', '8') },
      { name: 'l', type: 'L', content: `${'./'.repeat(300)}a.csv\0` },
      ...[{ ...a, size: '0' }, { ...a, size: gnu }, b],
    ),
    'a.tar',
  )

  const found = await discovered([path])

  expect(lines(found, path)).toEqual(['a.csv', 'a.csv (2)', 'in/b.csv'])
  for (const each of found.slice(0, 2)) expect((await textOf(readable(each))).text.toString()).toBe(a.content)
})

test('a tar older than POSIX, one of GNU with times where POSIX has a folder, and two behind each other are read', async () => {
  const old = [
    { ...a, magic: '' },
    { name: 'in/', type: '\0', magic: '' },
    { ...b, type: '\0', magic: '' },
  ]
  const gnu = { ...a, magic: 'ustar  \0', folder: '14524760400' }

  for (const tar of [
    tarOf(...old),
    tarOf(gnu, b),
    Buffer.concat([tarOf(a), Buffer.alloc(100_000), tarOf(b)].map(whole)),
  ]) {
    const path = fileOf(tar, 'a.tar')
    expect(lines(await discovered([path]), path)).toEqual(['a.csv', 'in/b.csv'])
  }
})

test('links, devices and sparse files are told and not read; a sparse one may be evidence', async () => {
  const map = Buffer.alloc(512)
  const sparse = tarred({ name: 's.csv', type: 'S', content: 'a', magic: 'ustar  \0' })
  sparse[482] = 1
  const sum = sparse.subarray(0, 512).reduce((all, byte, i) => all + (i >= 148 && i < 156 ? 0x20 : byte), 0)
  sparse.write(sum.toString(8).padStart(6, '0'), 148)
  const tar = Buffer.concat([
    ...[
      tarred({ name: 'l.csv', type: '2' }),
      tarred({ name: 'h.csv', type: '1', size: '77' }),
      tarred({ name: 'p', type: '6' }),
    ],
    ...[sparse.subarray(0, 512), map, sparse.subarray(512)],
    tarred({
      name: 'x',
      type: 'x',
      content: paxRecord('GNU.sparse.major', '1') + paxRecord('GNU.sparse.name', 'n.csv'),
    }),
    ...[tarred({ name: 'GNUSparseFile.0/n.csv', content: '1\n0\n1\n' }), tarOf(a)],
  ])
  const path = fileOf(tar, 'a.tar')

  const found = await discovered([path])

  const link = 'a link, which is not followed: what it leads to is read where that lies'
  const unread = 'a sparse file, which is not read here: unpack it and give the folder'
  expect(lines(found, path)).toEqual([
    ...[`l.csv: ${link}`, `h.csv: ${link}`, 'p: it is a pipe or a device', `s.csv: ${unread}`, `n.csv: ${unread}`],
    'a.csv',
  ])
  expect(found.map((each) => 'mayBeEvidence' in each)).toEqual([false, false, false, true, true, false])
})

const cut = 'the tar is cut off: what comes after is missing; get it again'

test.each<[string, Buffer, number, string]>([
  ['in a file', tarOf(a, b).subarray(0, 2048), 512, cut],
  ['in a header', tarOf(a, b).subarray(0, 1024 + 100), 0, cut],
  [
    'between files',
    tarOf(a, b).subarray(0, 1024),
    0,
    'the tar has no end: it may be cut off, and members missing; get it again',
  ],
  [
    'in what packs it',
    gzipSync(tarOf(a, b), { level: 0 }).subarray(0, 2000),
    2000 - 15 - 3 * 512, // What gzip has before it.
    'it is cut off: what comes after is missing; get it again',
  ],
])('a tar that is cut off %s gives what is left of it, and then says so', async (_, bytes, left, reason) => {
  const path = fileOf(bytes, 'a.tar')

  const found = await discovered([path])

  expect((await textOf(readable(found[0]))).text.toString()).toBe(a.content)
  expect(found.at(-1)).toEqual({ path, named: true, reason, mayBeEvidence: true })
  const parts = await Promise.all(found.slice(1, -1).map((part) => textOf(readable(part))))
  const error = 'it is cut off: what comes after is missing; get it again'
  expect(parts).toEqual(left === 0 ? [] : [{ text: Buffer.from('b'.repeat(left)), error }])
})

test('what is damaged, hidden behind the end or without end is told, and what stands before is read', async () => {
  const damaged = 'the tar is damaged: what follows its members here cannot be read; get it again'
  const wild = Buffer.from([0x80, ...Array<number>(11).fill(0xff)]).toString('latin1')
  const tars: readonly [Buffer, string][] = [
    [Buffer.concat([tarred(a), Buffer.alloc(512, 'x'), tarOf(b)]), damaged],
    [Buffer.concat([tarOf(a), Buffer.alloc(512, 'x')]), 'after its end there are more bytes, which are not read'],
    [Buffer.concat([tarred(a), tarOf({ ...b, size: wild })]), damaged],
    [Buffer.concat([tarred(a), tarOf({ ...b, size: 'none' })]), damaged],
    [Buffer.concat([tarred(a), tarOf({ name: 'x', type: 'x', size: '77777777777' })]), damaged],
    [Buffer.concat([tarred(a), tarOf({ name: 'x', type: 'x', content: paxRecord('size', '-512') }, b)]), damaged],
  ]
  for (const [tar, reason] of tars) {
    const path = fileOf(tar, 'a.tar')
    expect(lines(await discovered([path]), `${path}`)).toEqual(['a.csv', `${path}: ${reason}`])
  }
})

test('no more files of a tar are looked at than there may be, and an empty one and one in too little room are told', async () => {
  const path = fileOf(tarOf(a, b), 'a.tar')
  const few = await discovered([path], { limits: { ...limits, members: 1 } })
  const empty = await discovered([fileOf(tarOf({ name: 'in/', type: '5' }), 'a.tar')])
  const scratch = temporaryFolder()
  const packed = join(temporaryFolder(), 'a.tgz')
  writeFileSync(packed, gzipSync(tarOf(a, b)))
  const large = await discovered([packed], { scratch, limits: { ...limits, spooledBytes: 2000 } })

  expect(lines(few, path)).toEqual(['a.csv', expect.stringContaining('it has more than 1 members')])
  expect(lines(empty, '')).toEqual([expect.stringContaining('the tar is empty')])
  expect(large).toMatchObject([{ reason: expect.stringContaining('takes too much space'), mayBeEvidence: true }])
  expect(readdirSync(scratch).flatMap((folder) => readdirSync(join(scratch, folder)))).toEqual([])
})

/** Filled up to whole blocks, as tapes are. */
function whole(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
}
