import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { beforeEach, expect, jest, test } from '@jest/globals'
import { columnsOf } from '#src/commands/columns.ts'
import { nextCommand, printerOf, printJson, printJsonList } from '#src/commands/common.ts'
import { type Config, configOf } from '#src/config/config.ts'

beforeEach(() => {
  delete process.env['npm_lifecycle_event'] // Whatever began the tests.
})

test('a terminal is as wide as it says, and one that says 0 does not say', () => {
  expect([{ columns: 80 }, { columns: 0 }, {}].map(columnsOf)).toEqual([80, undefined, undefined])
})

test('a command to be typed next names the case unless it is the usual one, and so that a shell takes it for one word', () => {
  const folders = ['../cases/7', 'my case', '~/case', 'a$HOME`id`"', "the owner's", '-odd']
  const options = folders.map((folder) => nextCommand(jobIn(folder), 'answer').slice('hoofprint answer'.length))

  expect(nextCommand(jobIn('./case'), 'answer')).toBe('hoofprint answer')
  const script = `for word in ${options.join('')}; do printf '%s\\n' "$word"; done`
  const words = folders.flatMap((folder) => (folder === '-odd' ? ['--case=-odd'] : ['--case', folder]))
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n')).toEqual(words)
})

test('on Windows the case is named as cmd.exe, PowerShell and programs take it for one word', () => {
  const { platform } = process
  Object.defineProperty(process, 'platform', { value: 'win32' })
  try {
    const named = (folder: string) => nextCommand(jobIn(folder), 'answer').slice('hoofprint answer --case '.length)

    expect(named('C:\\Cases\\7\\')).toBe('C:\\Cases\\7\\')
    expect(named('C:\\my case')).toBe('"C:\\my case"')
    expect(named('C:\\my case\\')).toBe('"C:\\my case\\\\"') // Else the quote would be a letter, and what follows the case.
  } finally {
    Object.defineProperty(process, 'platform', { value: platform })
  }
})

test.each(['npx', 'demo'])('who began it by %s goes on by npx', (event) => {
  process.env['npm_lifecycle_event'] = event
  expect(nextCommand(jobIn('./case'), 'answer')).toBe('npx hoofprint answer')
})

test('who began it by Node goes on so, from wherever; who installed it, or runs its image, by its name', () => {
  const { argv, pid } = process
  const begunBy = (program: string) => {
    process.argv = ['node', resolve(program)]
    return nextCommand(jobIn('./case'), 'answer')
  }
  try {
    expect(begunBy('bin/hoofprint.mjs')).toBe(`node ${join('bin', 'hoofprint.mjs')} answer`)
    expect(begunBy('my tools/bin/hoofprint.mjs')).toBe(`node 'my tools/bin/hoofprint.mjs' answer`)
    expect(begunBy('/opt/my tools/hoofprint.mjs')).toBe(`node '/opt/my tools/hoofprint.mjs' answer`)
    expect(begunBy('node_modules/.bin/hoofprint')).toBe('hoofprint answer')
    expect(begunBy('/npm/node_modules/hoofprint/bin/hoofprint.mjs')).toBe('hoofprint answer')
    Object.defineProperty(process, 'pid', { value: 1 })
    expect(begunBy('/app/bin/hoofprint.mjs')).toBe('hoofprint answer')
  } finally {
    Object.defineProperty(process, 'pid', { value: pid })
    process.argv = argv
  }
})

test('in a terminal lines are broken between words, but for what somebody may copy, and nothing moves the cursor', () => {
  const written: string[] = []
  const { stdout } = process
  const had = Object.getOwnPropertyDescriptor(stdout, 'columns')
  const write = jest.spyOn(stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  Object.defineProperty(stdout, 'columns', { value: 20, configurable: true })
  try {
    const print = printerOf({})
    print('Next, say what is \u001b[2Jthe intruder’s:')
    print("  hoofprint answer --case 'my case'", 'whole')
  } finally {
    write.mockRestore()
    if (had === undefined) Reflect.deleteProperty(stdout, 'columns')
    else Object.defineProperty(stdout, 'columns', had)
  }
  expect(written).toEqual([
    'Next, say what is\n    \\u001b[2Jthe\n    intruder’s:\n',
    "  hoofprint answer --case 'my case'\n",
  ])
})

test('JSON shows nothing that moves what a terminal shows, and says the same', () => {
  const told = { subject: 'a\u001b[2J\u009b2J\u202egpj\u007f\u{e0041}\u2028\n\ud800 é 😀' }
  const written: string[] = []
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  try {
    printJson({ json: true }, told)
    const whole = written.splice(0).join('')
    printJsonList('list', [told], told)

    for (const text of [whole, written.join('')]) expect(text).toMatch(/^[\n -~é😀]+$/u)
    expect(JSON.parse(whole)).toEqual(told)
    expect(JSON.parse(written.join(''))).toEqual({ ...told, list: [told] })
  } finally {
    write.mockRestore()
  }
})

function jobIn(folder: string): { readonly config: Config } {
  return { config: configOf(undefined, {}, { case: folder }, () => {})() }
}
