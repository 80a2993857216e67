import { createHook } from 'node:async_hooks'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { discover } from '#src/sources/files/discover.ts'
import { discovered, lines, only, readable, textOf } from '../../support/discovered.ts'
import { fileOf, temporaryFolder } from '../../support/folder.ts'
import { zipOf } from '../../support/zip.ts'

test('a path that is given is named, what lies in a folder is not, and all come in a stable order', async () => {
  const folder = folderWith('b.csv', 'a/2.csv', 'a/10.csv', 'c/d/e.csv')

  const found = await discovered([join(folder, 'c/d/e.csv'), folder, join(folder, 'b.csv')])

  expect(found.map(({ path, named }) => ({ path, named }))).toEqual([
    { path: join(folder, 'c/d/e.csv'), named: true },
    { path: join(folder, 'a/10.csv'), named: false },
    { path: join(folder, 'a/2.csv'), named: false },
    { path: join(folder, 'b.csv'), named: true },
  ])
})

test('of each file in a folder only whether it is there is left to a thread', async () => {
  const folder = folderWith(...Array.from({ length: 50 }, (_, i) => `${i}.csv`))
  const asked: string[] = []
  const counting = createHook({ init: (_, type) => void (type.startsWith('FSREQ') && asked.push(type)) }).enable()

  const found = await discovered([folder])
  counting.disable()

  expect(found).toHaveLength(50)
  expect(asked.length).toBeLessThan(60)
})

test('a path that is not there is told', async () => {
  const path = join(temporaryFolder(), 'gone.csv')

  expect(await discovered([path])).toEqual([{ path, named: true, reason: 'there is no such file', isAbsent: true }])
})

test('an empty folder holds nothing', async () => {
  expect(await discovered([temporaryFolder()])).toEqual([])
})

test('what is neither a file nor a folder is said to be so, rather than waited for', async () => {
  const folder = folderWith('a.csv')
  execFileSync('mkfifo', [join(folder, 'pipe.csv')])

  const found = await discovered([folder])

  expect(lines(found, folder)).toEqual(['a.csv', 'pipe.csv: it is a pipe or a device: give a file'])
})

test('a folder that leads back into itself is not walked for ever, and its files are found once', async () => {
  const folder = folderWith('a.csv', 'inner/b.csv')
  symlinkSync(folder, join(folder, 'inner/back'))

  const found = await discovered([folder])

  expect(lines(found, folder)).toEqual(['a.csv', 'inner/b.csv'])
})

test('what a link in a folder leads to outside of it is another’s until it is given', async () => {
  const [folder, other] = [folderWith('a.csv', 'deep/b.csv'), folderWith('theirs/c.csv')]
  symlinkSync(other, join(folder, 'deep/disk'))
  symlinkSync(join(other, 'theirs/c.csv'), join(folder, 'd.csv'))
  symlinkSync(join(folder, 'a.csv'), join(folder, 'deep/e.csv'))
  symlinkSync(folder, join(other, 'evidence'))

  const found = await discovered([join(other, 'evidence')])
  const asked = await discovered([folder, other])

  const out = 'a link that leads out of the folder: give what it leads to'
  expect(lines(found, `${other}/evidence`)).toEqual([
    'a.csv',
    `d.csv: ${out}`,
    'deep/b.csv',
    `deep/disk: ${out}`,
    'deep/e.csv',
  ])
  expect(found.filter((each) => 'reason' in each)).toMatchObject([{ mayBeEvidence: true }, { mayBeEvidence: true }])
  expect(asked.filter((each) => 'reason' in each)).toEqual([])
})

test('links that lead to nothing but themselves are told', async () => {
  const folder = folderWith('a.csv')
  symlinkSync(join(folder, 'link'), join(folder, 'link'))

  const found = await discovered([folder])

  expect(lines(found, folder)).toEqual(['a.csv', 'link: it is a link that leads to itself'])
})

// As UTF-8 the longer one has more bytes than a name may have.
test.each([
  1, 100,
])('a file whose name is no UTF-8, of %i letters, is told to be what may be evidence', async (letters) => {
  const folder = temporaryFolder()
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.alloc(letters, 0xe9), Buffer.from('.csv')]), 'a')

  const found = await discovered([folder])

  const path = join(folder, `${'\ufffd'.repeat(letters)}.csv`)
  expect(found).toEqual([{ path, named: false, reason: 'its name is not UTF-8: rename it', mayBeEvidence: true }])
})

test('a folder that is too deep for the system to open is told to be what may hold evidence', async () => {
  const folder = folderWith('a.csv')
  const chain = Array.from({ length: 10 }, () => 'd'.repeat(250)).join('/')
  for (const name of ['first', 'second']) mkdirSync(join(folder, name, chain), { recursive: true })
  const under = join(folder, 'first', chain, 'second')
  renameSync(join(folder, 'second'), under)

  const found = await discovered([folder])
  renameSync(under, join(folder, 'second')) // Else nobody tidies up.

  const told = { named: false, reason: 'its path is too long for this system', mayBeEvidence: true }
  expect(found).toMatchObject([{ path: join(folder, 'a.csv') }, told])
})

test('folders that a link leads to are found once, whichever way is walked first', async () => {
  const folder = folderWith('b/real/in/c.csv')
  symlinkSync(join(folder, 'b/real'), join(folder, 'a'))
  symlinkSync(join(folder, 'b/real/in'), join(folder, 'z'))

  const found = await discovered([folder])

  expect(lines(found, folder)).toEqual(['a/in/c.csv'])
})

test('a glob that the shell left as it is finds what it means, each as if it was given', async () => {
  const folder = folderWith('2.csv', '10.csv', 'a.txt', 'deep/er/3.csv', 'all.csv/4.txt')

  const found = await discovered([join(folder, '*.csv'), join(folder, '**/*.csv')])

  expect(lines(found, folder)).toEqual(['10.csv', '2.csv', 'all.csv/4.txt', 'deep/er/3.csv'])
  expect(found.map(({ named }) => named)).toEqual([true, true, false, true])
})

test('a name that looks like a glob and is there is meant as it is', async () => {
  const folder = folderWith('[ab].csv', 'a.csv')

  const found = await discovered([join(folder, '[ab].csv')])

  expect(lines(found, folder)).toEqual(['[ab].csv'])
})

test('a glob that nothing fits is told', async () => {
  const folder = folderWith('a.csv')

  const found = await discovered([join(folder, '*.json')])

  expect(lines(found, folder)).toEqual(['*.json: there is no such file'])
})

test('2,000 files are found, each once', async () => {
  const folder = temporaryFolder()
  for (let i = 0; i < 2000; i += 1) writeFileSync(join(folder, `${i}.csv`), `row ${i}\n`)

  const found = await discovered([folder, folder])

  expect(new Set(found.map(({ path }) => path)).size).toBe(2000)
  expect(found).toHaveLength(2000)
  expect((await textOf(readable(found[1999]))).text.toString()).toBe('row 999\n')
})

test('standard input is read once, and its content as often as one wants', async () => {
  const stdin = Readable.from([Buffer.from('\ufeffa,b\n'), Buffer.from('1,2\n')])

  const content = only(await discovered(['-', '-'], { stdin }))

  expect([content.path, content.named]).toEqual(['stdin', true])
  expect((await textOf(content)).text.toString()).toBe('a,b\n1,2\n')
  expect((await textOf(content, 4)).text.toString()).toBe('1,2\n')
})

test('standard input may be packed like a file', async () => {
  const zip = zipOf({ name: 'a.csv', content: 'a' }, { name: 'b.csv.gz', content: gzipSync('b'), method: 0 })

  const found = await discovered(['-'], { stdin: Readable.from([zip]) })

  expect(found.map(({ path }) => path)).toEqual(['stdin/a.csv', 'stdin/b.csv.gz'])
})

test('standard input that is not there or breaks off is told', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('a,b\n')
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
    })(),
  )

  expect(lines(await discovered(['-']), '')).toEqual(['stdin: nothing comes from standard input'])
  expect(lines(await discovered(['-'], { stdin: broken }), '')).toEqual(['stdin: read ECONNRESET'])
})

test('what is put on the disk is for this user only, and gone when it is closed', async () => {
  const scratch = join(temporaryFolder(), 'scratch')
  const stdin = Readable.from([Buffer.from('a')])
  const discovery = discover(['-'], { scratch, stdin }, new AbortController().signal)

  const content = only(await Array.fromAsync(discovery.contents))
  const mode = statSync(scratch).mode & 0o777
  await discovery.close()

  expect(mode.toString(8)).toBe('700')
  expect(existsSync(scratch)).toBe(false)
  expect((await textOf(content)).error).toBe('there is no such file')
})

test('nothing is put on the disk when nothing needs it, and nothing of others is removed', async () => {
  const scratch = temporaryFolder()
  const own = join(scratch, 'own.txt')
  writeFileSync(own, '')
  const path = fileOf(gzipSync('a'))

  const untouched = discover([path], { scratch: join(scratch, 'new') }, new AbortController().signal)
  await Array.fromAsync(untouched.contents)
  const shared = discover(['-'], { scratch, stdin: Readable.from([Buffer.from('a')]) }, new AbortController().signal)
  await Array.fromAsync(shared.contents)
  await Promise.all([untouched.close(), shared.close()])

  expect(existsSync(join(scratch, 'new'))).toBe(false)
  expect(existsSync(own)).toBe(true)
})

test('a stop ends the search and the reading with its own reason', async () => {
  const folder = folderWith('a.csv', 'b.csv')
  const stop = new AbortController()
  const { contents } = discover([folder], { scratch: folder }, stop.signal)
  const first = readable((await contents.next()).value ?? undefined)

  stop.abort(new Error('stopped by the user'))

  await expect(contents.next()).rejects.toThrow('stopped by the user')
  await expect(Array.fromAsync(first.text(0, stop.signal))).rejects.toThrow('stopped by the user')
  await expect(first.hash(stop.signal)).rejects.toThrow('stopped by the user')
})

function folderWith(...paths: string[]): string {
  const folder = temporaryFolder()
  for (const path of paths) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), '')
  }
  return folder
}
