import { expect, test } from '@jest/globals'
import { calmLog } from '#src/collect/calm-log.ts'

test('a warning of one cause stands once an hour, also where the clock is put back; all else stands each time', () => {
  let minutes = 1000
  const told: string[] = []
  const note = (level: string) => (fields: object, message: string) =>
    void told.push([minutes, level, message, ...Object.values(fields)].join(' '))
  const of = { info: note('info'), warn: note('warn'), error: note('error') }
  const log = calmLog({ log: of, now: () => new Date(minutes * 60_000) })

  for (const [attempt, at] of [1000, 1001, 1059, 1060, 1061, 900].entries()) {
    minutes = at
    log.warn({ cause: 'HTTP 503', attempt, waitMs: at, documents: at }, 'again')
  }
  log.warn({ cause: 'HTTP 429' }, 'again')
  log.warn({ cause: 'HTTP 429' }, 'broke off')
  for (const index of ['a', 'b', 'a']) log.warn({ cause: 'closed', index }, 'kept')
  for (const tell of [log.info, log.warn, log.error]) for (const _ of [1, 2]) tell({ lost: 3 }, 'lost')

  expect(told).toEqual([
    '1000 warn again HTTP 503 0 1000 1000',
    '1060 warn again HTTP 503 3 1060 1060',
    '900 warn again HTTP 503 5 900 900',
    ...['900 warn again HTTP 429', '900 warn broke off HTTP 429', '900 warn kept closed a', '900 warn kept closed b'],
    ...['info', 'info', 'warn', 'warn', 'error', 'error'].map((level) => `900 ${level} lost 3`),
  ])
})
