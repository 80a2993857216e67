import { expect, test } from '@jest/globals'
import type { ArgsDef } from 'citty'
import { checkCommandLine } from '#src/commands/command-line.ts'
import { importCommand } from '#src/commands/import.ts'
import { markCommand } from '#src/commands/mark.ts'
import { sessionsCommand } from '#src/commands/sessions.ts'
import { setupCommand } from '#src/commands/setup.ts'

const commands = { import: importCommand, mark: markCommand, sessions: sessionsCommand, setup: setupCommand }

function check(name: keyof typeof commands, ...words: string[]): void {
  checkCommandLine(commands[name].args as ArgsDef, words)
}

test.each<[keyof typeof commands, string[], string]>([
  ['sessions', ['/tmp/other'], '"/tmp/other" is of no option: say --case /tmp/other or --hostile /tmp/other or'],
  ['setup', ['/tmp/other'], '"/tmp/other" is of no option: say --case /tmp/other'],
  ['sessions', ['--case'], '--case is without its DIR: give it as --case DIR'],
  ['import', ['x', '--mailbox', '--case', 'y'], '--mailbox is without its UPN: give it as --mailbox UPN'],
  ['mark', ['--hostile', '', '--hostile', 'DK'], '--hostile is without its WHAT'],
  ['mark', ['--hostile', ','], '--hostile is without its WHAT'],
  ['import', ['x', '--geo-db='], '--geo-db is without its FILE'],
  ['import', ['x', '--no-report'], 'no such option: --no-report (did you mean --no-reports?): --help lists them'],
  ['mark', ['-x'], 'no such option: -x: --help lists them'],
  ['setup', ['--no-retention'], 'no such option: --no-retention (did you mean --retention?): --help lists them'],
])('what %s would pass over is refused: %j', (name, words, message) => {
  expect(() => check(name, ...words)).toThrow(message)
})

test('options are taken in each of their spellings, and words where there is a place for them', () => {
  check('import', 'a.csv', '-', '--no-reports', '--case=-odd', '--asnDb', 'x.mmdb', '--', '--file')
  check('setup', '--dryRun', '--kibana-space', 'case-7', '--insecure-http')
})
