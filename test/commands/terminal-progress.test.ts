import { expect, test } from '@jest/globals'
import { terminalProgress } from '#src/commands/terminal-progress.ts'

const wipe = '\r\u001b[K'

test('a bar is one line that is shorter than the terminal is wide, and is gone while something is printed and at the end', () => {
  const written: string[] = []
  let time = 0
  const terminal = { columns: 50, write: (text: string) => written.push(text) }
  const progress = terminalProgress(terminal, () => time)

  progress.begin('importing', 200)
  time = 5000
  progress.update(50)
  progress.update(51)
  progress.clear()
  progress.update(52)
  progress.end()
  progress.clear()

  expect(written).toEqual([
    `${wipe}importing ${'░'.repeat(36)} 0%`,
    `${wipe}importing ${'█'.repeat(6)}${'░'.repeat(18)} 25% | 15s left`,
    wipe,
    expect.stringMatching(/ 26% \| 15s left$/),
    wipe,
  ])
  expect(Math.max(...written.map((text) => text.replace(wipe, '').length))).toBeLessThan(50)
})

test('what has no total is counted, and what a terminal has no room for is left out', () => {
  const written: string[] = []
  const narrow = terminalProgress({ columns: 16, write: (text: string) => written.push(text) }, () => 0)

  narrow.begin('looking at files')
  narrow.begin('importing', 0)

  expect(written).toEqual([`${wipe}looking at file`, `${wipe}importing 100%`])
})
