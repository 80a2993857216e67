import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { openCase } from '#src/case/store.ts'
import type { RejectedRow } from '#src/evidence.ts'
import { hoofprint, root } from './support/cli.ts'
import { header } from './support/files.ts'
import { fileOf, temporaryFolder } from './support/folder.ts'

const good = "2018-06-20T09:00:00.000Z,Web,SearchResult,,2018-06-20T09:00:00.900Z,s1,{'Query': 'invoice'}"
const logon =
  "2018-06-20T08:59:00.000Z,Exchange,ServerLogon,,2018-06-20T08:59:00.900Z,,\"{'UserName': 'alice@contoso.example', 'Result': 'Success', 'ClientIP': '192.0.2.7'}\""

test.each([
  ['an empty file', () => fileOf(''), /the file is empty/],
  ['a wrong header', () => fileOf('Date,User,Action\n1,2,3\n'), /3 columns: Date, User, Action.*comes nearest to/],
  ['a file that says no mailbox', () => fileOf(`${header}\n${good}\n`), /--mailbox/],
])('%s is said, kept in reject, and the rest is imported', (_, pathOf, message) => {
  const folder = temporaryFolder()
  const bad = pathOf()
  const rest = fileOf(`${header}\n${logon}\n${good}\n`)

  const { code, out, err } = hoofprint(['import', bad, rest, '--case', folder])

  expect(code).toBe(1)
  expect(err).toMatch(message)
  expect(err).toContain(bad)
  expect(out).toContain('2 rows read = 2 stored + 0 duplicate + 0 rejected')
  expect(rejectsOf(folder)).toMatchObject([{ path: bad, row: undefined, reason: expect.stringMatching(message) }])
})

test.each([
  ['a name', () => [join(temporaryFolder(), 'none.csv')]],
  ['names, patterns among them', () => [join(temporaryFolder(), '*.csv'), join(temporaryFolder(), 'none')]],
])('%s that nothing has is said, and makes no case', (_, pathsOf) => {
  const [paths, folder] = [pathsOf(), join(temporaryFolder(), 'case')]

  const { code, out, err } = hoofprint(['import', ...paths, '--case', folder])
  const json = hoofprint(['import', ...paths, '--case', folder, '--json'])

  const lines = paths.map((path) => `${path}: not read: there is no such file\n`)
  expect({ code, out, err }).toEqual({ code: 1, out: '', err: lines.join('') })
  expect(JSON.parse(json.out).files).toMatchObject(paths.map((path) => ({ path, fate: 'failed' })))
  expect(existsSync(folder)).toBe(false)
})

test('a name that no file has is said, and forgotten once the right one is given', () => {
  const folder = temporaryFolder()

  const wrong = hoofprint(['import', join(folder, 'none.csv'), '--case', folder])
  const right = hoofprint(['import', fileOf(`${header}\n${logon}\n`), '--case', folder])

  expect([wrong.code, wrong.err]).toEqual([1, expect.stringMatching(/there is no such file/)])
  expect([right.code, rejectsOf(folder)]).toEqual([0, []])
  expect(right.out).not.toContain('could not be used')
})

test('an archive in a folder that cannot be opened ends an import with 1, and is told with what to do wherever it is asked what is missing', () => {
  const [folder, evidence] = [temporaryFolder(), temporaryFolder()]
  writeFileSync(join(evidence, 'a.csv'), `${header}\n${logon}\n${good}\n`)
  const imported = () => hoofprint(['import', evidence, '--case', folder])

  const codes = [imported().code]
  writeFileSync(join(evidence, 'b.7z'), '7z\xbc\xaf\x27\x1c', 'latin1')
  const { code, out, err } = imported()
  const answer = hoofprint(['answer', '--case', folder])

  const toDo = `"${join(evidence, 'b.7z')}" (a 7z archive: unpack it and give the folder)`
  expect([...codes, code]).toEqual([0, 1])
  expect(err).toContain(`${join(evidence, 'b.7z')}: not read: a 7z archive: unpack it and give the folder`)
  for (const told of [out, answer.out]) expect(told.replace(/\s+/g, ' ')).toContain(`Why, of the first: ${toDo}`)
})

test('which kinds of exports can be read is told of a file that is none, and of nothing else', () => {
  const [unknown, missing] = [fileOf('Date,User,Action\n1,2,3\n'), join(temporaryFolder(), 'none.csv')]

  const results = [unknown, missing].map((path) => hoofprint(['import', path, '--case', temporaryFolder()]))

  expect(results.map(({ err }) => err.includes('What can be read,'))).toEqual([true, false])
  expect(results[1]?.err.split('\n')).toEqual([`${missing}: not read: there is no such file`, ''])
})

test('a folder without evidence is told, whether it is empty or holds other things', () => {
  const [empty, other] = [temporaryFolder(), temporaryFolder()]
  writeFileSync(join(other, 'notes.txt'), 'no evidence')

  const results = [empty, other].map((path) => hoofprint(['import', path, '--case', temporaryFolder()]))

  expect(results).toMatchObject([
    { code: 1, out: '', err: `there is no file in ${empty}: nothing was imported\n` },
    { code: 1, err: `none of what is in ${other} is evidence: nothing was imported\n` },
  ])
  expect(results[1]?.out).not.toContain('Report:')
})

test('below the answers stands what was not read, and the command that comes next', () => {
  const [folder, file, missing] = [
    temporaryFolder(),
    fileOf(`${header}\n${logon}\n`),
    join(temporaryFolder(), 'none.csv'),
  ]

  const unmarked = hoofprint(['import', file, missing, '--case', folder])
  const mark = hoofprint(['mark', '--hostile', '192.0.2.7', '--case', folder])
  const marked = hoofprint(['report', '--case', folder])

  expect(unmarked.err).toBe(
    `${missing}: not read: there is no such file\nNot read, or not to the end, as told above: ${missing}\n`,
  )
  const next = `  hoofprint mark --hostile ADDRESS --case ${folder}\n  hoofprint answer --case ${folder}\n`
  expect(unmarked.out.slice(-next.length)).toBe(next)
  expect(mark.out).toContain(`What the intruder did, in one page: hoofprint answer --case ${folder}\n`)
  expect(marked.out).toMatch(/Report: .*\nWhat the marked intruder did, in one page: hoofprint answer --case .*\n$/)
})

test('a name of evidence moves nothing on a terminal, and stands in one line', () => {
  const evidence = temporaryFolder()
  writeFileSync(join(evidence, 'a\u001b[2J\u202etxt.csv'), 'Date,"\u001b]0;x\u0007\nUser"\n1,2\n')
  writeFileSync(join(evidence, 'b\nReport: c.csv'), `${header}\n${logon}\n`)

  const { out, err } = hoofprint(['import', evidence, 'no\u001b[31mne', '--case', temporaryFolder()])

  expect(`${out}${err}`).not.toMatch(/[\u001b\u0007\u202e]|^Report: c/m)
  expect(out).toContain(String.raw`a\u001b[2J\u202etxt.csv: skipped: `)
  expect(err).toContain(String.raw`no\u001b[31mne: not read: there is no such file`)
})

test('nothing is new to a report where nothing was read', () => {
  const { code, out } = hoofprint(['import', '/none.csv', '--no-reports', '--case', temporaryFolder()])
  expect([code, out]).toEqual([1, ''])
})

test('what cannot be printed is told without a trace, and ends with 1', () => {
  const folder = temporaryFolder()
  openCase(folder).close()
  const full = openSync('/dev/full', 'w')

  const words = [join(root, 'src/cli.ts'), 'answer', '--case', folder]
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', stdio: ['ignore', full, 'pipe'] })
  closeSync(full)

  expect(stderr).toBe('hoofprint: what it prints cannot be written: ENOSPC: no space left on device, write\n')
  expect(status).toBe(1)
})

test('whoever reads no further ends nothing: the work is done', async () => {
  const folder = temporaryFolder()
  const file = fileOf(`${header}\n${logon}\n${good}\n`)
  const child = spawn(process.execPath, [join(root, 'src/cli.ts'), 'import', file, '--case', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.destroy()
  let err = ''
  child.stderr.on('data', (text) => {
    err += text
  })

  const [code] = await once(child, 'close')

  expect(err).not.toContain('EPIPE')
  expect(code).toBe(0)
  expect(existsSync(join(folder, 'reports', 'report.html'))).toBe(true)
})

test('each broken row is set aside with file, row, reason and original, and the rest of the file is imported', () => {
  const folder = temporaryFolder()
  const broken = [
    '2018-06-20T09:01:00.000Z,Web,SearchResult,,x,s1',
    '2018-06-20T09:02:00.000Z,Web,SearchResult,,x,s1,,more',
    `2018-06-20T09:03:00.000Z,Web,SearchResult,,x,s1,"{'Query': 'never closed`,
    "2018-06-20T09:04:00.000Z,Web,SearchResult,,x,s1,{'Query': oops}",
    ",Web,SearchResult,,x,s1,{'Query': 'no time'}",
    "2018-06-20T09:06:00.000Z,Web,SearchResult,,x,s1,{'Query': '\x81'}",
  ]
  const text = [header, logon, ...broken, good, ''].join('\n')
  const path = fileOf(Buffer.from(text, 'latin1'))

  const { code, out } = hoofprint(['import', path, '--case', folder, '--mailbox', 'alice@contoso.example'])

  expect(code).toBe(0)
  expect(out).toContain('8 rows read = 2 stored + 0 duplicate + 6 rejected')
  const rejects = rejectsOf(folder)
  expect(rejects.map(({ row, reason }) => [row, reason])).toEqual([
    [3, '6 columns where the header has 7'],
    [4, '8 columns where the header has 7'],
    [5, 'a quote is opened and not closed'],
    [6, expect.stringMatching(/not a Python literal: .* at character 10/)],
    [7, 'no TimeStamp'],
    [8, 'not valid UTF-8: import it into a new case with --encoding, or save the file as UTF-8 and import that too'],
  ])
  expect(rejects.map(({ path: file }) => file)).toEqual(Array(6).fill(path))
  expect(rejects.map(({ original }) => Buffer.from(original ?? []).toString('latin1'))).toEqual(broken)
})

test('a file in the code page of Western Windows gives the rows that it gives as UTF-8', () => {
  const folder = temporaryFolder()
  const query = good.replace('09:00', '09:01').replace('invoice', 'r\xe9sum\xe9')
  const text = [header, logon, good, query, ''].join('\n')
  const files = [fileOf(Buffer.from(text, 'latin1')), fileOf(text)]

  const outputs = files.map((path) => hoofprint(['import', path, '--case', folder]).out)

  expect(outputs[0]).toContain('3 rows read = 3 stored + 0 duplicate + 0 rejected')
  expect(outputs[1]).toContain('3 rows read = 0 stored + 3 duplicate + 0 rejected')
  expect(outputs[1]).toContain('résumé')
})

test('--encoding says what rows are in that are not in UTF-8, and what is no encoding is refused', () => {
  const query = good.replace('09:00', '09:01').replace('invoice', 'plat\xeca') // In the code page of Central Europe.
  const path = fileOf(Buffer.from([header, logon, query, ''].join('\n'), 'latin1'))
  const run = (encoding: string) => hoofprint(['import', path, '--case', temporaryFolder(), '--encoding', encoding])

  expect(run('windows-1250').out).toContain('platěa')
  expect(run('ansi2')).toMatchObject({ code: 2, err: expect.stringContaining('no encoding is called ansi2') })
})

test('a file that was read keeps its letters, and that is told to whoever says another encoding, but for what is in UTF-8', () => {
  const folder = temporaryFolder()
  const western = fileOf(Buffer.from(`${header}\n${logon}\n${good.replace('invoice', 'plat\xeca')}\n`, 'latin1'))
  const utf8 = fileOf(`${header}\n${logon}\n${good}\n`)
  const run = (...more: string[]) => hoofprint(['import', western, utf8, '--case', folder, '--no-reports', ...more])

  const results = [run(), run(), run('--encoding', 'windows-1250')]

  expect(results.map(({ err }) => err)).toEqual([
    '',
    '',
    `${western}: its letters stay as they were read at first: import it into a new case with --encoding\n`,
  ])
})

test('a file that was read stays of the mailbox that it was taken for, and that is told to whoever says another', () => {
  const folder = temporaryFolder()
  const path = fileOf(`${header}\n${good}\n`)

  const results = ['Alice@contoso.example', 'bob@contoso.example', 'alice@contoso.example'].map((mailbox) =>
    hoofprint(['import', path, '--case', folder, '--mailbox', mailbox]),
  )

  expect(results.map(({ out }) => /1 row read = .*/.exec(out)?.[0])).toEqual([
    '1 row read = 1 stored + 0 duplicate + 0 rejected',
    '1 row read = 0 stored + 1 duplicate + 0 rejected',
    '1 row read = 0 stored + 1 duplicate + 0 rejected',
  ])
  expect(results.map(({ err }) => err)).toEqual([
    '',
    expect.stringMatching(
      /: it stays the mailbox of alice@contoso\.example, .*: if that is wrong, import it into a new/,
    ),
    '',
  ])
})

test('a mailbox that no logon names is told', () => {
  const path = fileOf(`${header}\n${logon}\n${good}\n`)

  const results = ['other@contoso.example', 'ALICE@contoso.example'].map((mailbox) =>
    hoofprint(['import', path, '--case', temporaryFolder(), '--mailbox', mailbox, '--no-reports']),
  )

  expect(results).toMatchObject([
    { code: 0, err: expect.stringContaining('1 of 1 logons name alice@contoso.example, and none other@contoso.ex') },
    { code: 0, err: '' },
  ])
})

test('with --strict a rejected row is a failure', () => {
  const path = fileOf(`${header}\n${logon}\noops\n`)
  expect(hoofprint(['import', path, '--case', temporaryFolder(), '--strict']).code).toBe(1)
})

test('a file that breaks off is a failure, and said to be, each time', () => {
  const whole = gzipSync(`${header}\n${`${logon}\n`.repeat(9)}${good}\n`)
  const path = fileOf(whole.subarray(0, -20), 'activities.csv.gz')
  const folder = temporaryFolder()

  for (const _ of [1, 2]) {
    const { code, err, out } = hoofprint(['import', path, '--case', folder])

    expect([code, err]).toEqual([1, expect.stringContaining('activities.csv.gz: not read to its end: ')])
    expect(out).toMatch(/was not read to its end \(.*\): what follows its first \d+ rows? is missing here/)
  }
})

test('with --no-reports a case is filled, and its reports are left to hoofprint report', () => {
  const folder = temporaryFolder()
  const first = fileOf(`${header}\n${logon}\n`)
  const second = fileOf(`${header}\n${logon}\n${good}\n`)
  const reports = join(folder, 'reports')

  const filled = hoofprint(['import', first, '--case', folder, '--no-reports'])

  expect(filled).toMatchObject({ code: 0, out: expect.stringContaining('1 row read = 1 stored') })
  expect(filled.out).toContain(`Reports do not show what is new: hoofprint report --case ${folder}`)
  expect(existsSync(reports)).toBe(false)
  expect(hoofprint(['import', second, '--case', folder, '--no-reports', '--ndjson'])).toMatchObject({ code: 2 })
  const told = JSON.parse(hoofprint(['import', second, '--case', folder, '--no-reports', '--json']).out)
  expect(told).toEqual({ files: [expect.objectContaining({ fate: 'imported' })] })
  expect(hoofprint(['report', '--case', folder]).out).toContain('2 activities of')
  expect(readdirSync(reports)).toContain('report.html')
})

// Nobody is refused anything as root, so the import is then done by a user who is not.
test('a folder without permission is said and kept, and the rest is imported', () => {
  const evidence = temporaryFolder()
  const closed = join(evidence, 'closed')
  mkdirSync(closed)
  writeFileSync(join(evidence, 'open.csv'), `${header}\n${logon}\n`)
  chmodSync(evidence, 0o755)
  chmodSync(closed, 0)
  const folder = temporaryFolder()
  chmodSync(folder, 0o777)

  const nobody = process.getuid?.() === 0 ? { as: 65534 } : {}
  const { code, out, err } = hoofprint(['import', evidence, '--case', join(folder, 'case')], nobody)

  chmodSync(closed, 0o755)
  expect(err).toContain(`${closed}: not read: no permission to read it`)
  expect(out).toContain('1 row read = 1 stored')
  expect(code).toBe(1)
})

test.each([
  [['import'], /give at least one file or folder/],
  [['import', 'x', '--mailbox', 'alice'], /alice names no mailbox: give its UPN, such as alice@contoso.example/],
  [['import', 'x', '--frobnicate'], /no such option: --frobnicate/],
  [['setup'], /no Elasticsearch: give --elasticsearch URL/],
  [['publish', '--case', '{folder}'], /there is no case in .*: hoofprint import makes one/],
  [['improt'], /there is no command "improt": did you mean import\? hoofprint --help lists them/],
  [['frobnicate'], /there is no command "frobnicate": hoofprint --help lists them/],
  [['toString'], /there is no command "toString": /],
  [['import', 'package.json', '--case', 'package.json'], /package\.json leads to a file, and a case is a folder/],
  [['answer', '--config', '{folder}'], /cannot read .*: it is a folder/],
  [['answer', '/tmp/other'], /"\/tmp\/other" is of no option: say --case \/tmp\/other$/m],
])('a wrong command line ends with 2 and says why: %j', (args, message) => {
  const { code, err } = hoofprint(args.map((word) => word.replace('{folder}', temporaryFolder())))
  expect(code).toBe(2)
  expect(err).toMatch(message)
})

test.each([
  ['a link that leads nowhere', () => dangling()],
  ['a folder on the way that leads nowhere', () => join(dangling(), 'case')],
  ...(process.platform === 'linux' ? [['a place where nobody can make any', () => '/proc/case'] as const] : []),
])('a case that no folder can be made for is refused at once: %s', (_, place) => {
  const { code, err } = hoofprint(['import', 'package.json', '--case', place()])

  expect(err).toContain('leads to where no folder can be made: name another with --case DIR')
  expect(code).toBe(2)
})

function dangling(): string {
  const link = join(temporaryFolder(), 'link')
  symlinkSync(join(link, '../gone/x'), link)
  return link
}

test('reports that stand as a file in the way of their folder are told what to do about', () => {
  const folder = join(temporaryFolder(), 'case')
  const evidence = join(root, 'samples/audit-case/message-trace.csv')
  hoofprint(['import', evidence, '--case', folder, '--no-reports'])
  writeFileSync(join(folder, 'reports'), '')

  const { code, err } = hoofprint(['report', '--case', folder])

  expect(err).toMatch(/reports.*: move away what stands there: it is no folder: the same command goes on from where/)
  expect(code).toBe(1)
})

test('however narrow the terminal, the commands that help shows can be copied', () => {
  const script = "Object.defineProperty(process.stdout, 'columns', { value: 30 })"
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }

  const { out } = hoofprint(['--help'], { env })

  expect(out).toMatch(/^ {2}hoofprint mark --hostile 203\.0\.113\.66 --case \.\/case$/m)
  expect(out.split('\n').filter((line) => line.length > 30 && !line.includes('hoofprint '))).toEqual([
    expect.stringContaining('import|answer'),
  ])
})

test('a configuration with a key that is no option is refused with the nearest right one', () => {
  const config = fileOf('elasticsearch:\n  ulr: http://127.0.0.1:9200\n', 'hoofprint.yaml')
  const { code, err } = hoofprint(['setup', '--config', config])
  expect(code).toBe(2)
  expect(err).toMatch(/elasticsearch\.ulr is no option: did you mean url\?/)
})

test('--help teaches each command', () => {
  for (const command of ['import', 'publish', 'report', 'setup']) {
    const { code, out } = hoofprint([command, '--help'])
    expect(code).toBe(0)
    expect(out).toContain(`hoofprint ${command}`)
    expect(out).toContain('--case')
  }
})

function rejectsOf(folder: string): RejectedRow[] {
  const store = openCase(folder)
  try {
    return store.rejects(100)
  } finally {
    store.close()
  }
}
