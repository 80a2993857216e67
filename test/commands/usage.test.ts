import { expect, test } from '@jest/globals'
import { fittedUsage } from '#src/commands/usage.ts'

test('descriptions go on below where they began, colours take no room, and no line ends in blanks', () => {
  const usage = [
    'USAGE \u001b[36mhoofprint\u001b[39m',
    '     \u001b[36m--case=<DIR>\u001b[39m    The case folder, which is made                ',
    '          --json    Print as JSON                                 ',
  ].join('\n')

  expect(fittedUsage(usage, 40).split('\n')).toEqual([
    'USAGE \u001b[36mhoofprint\u001b[39m',
    '     \u001b[36m--case=<DIR>\u001b[39m    The case folder,',
    '                     which is made',
    '          --json    Print as JSON',
  ])
  expect(fittedUsage(usage).split('\n')[1]).toBe(
    '     \u001b[36m--case=<DIR>\u001b[39m    The case folder, which is made',
  )
})
