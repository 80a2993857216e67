import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
import { messageOf } from '#src/errors.ts'
import type { Source } from '#src/sources/source.ts'
import { seeded } from '../support/microsoft/clock.ts'
import { type Collector, collector } from '../support/microsoft/collector.ts'
import { type Double, microsoftDouble } from '../support/microsoft/double.ts'
import type { Play } from '../support/microsoft/misbehaviour.ts'
import { clientSecret } from '../support/microsoft/world.ts'

/** A source on a double that holds records, in several contents. */
export interface LiveSource {
  /** The same stream, opened anew, as after a restart. */
  open(): Source
  /** The ids of all records that the double holds. */
  readonly ids: readonly string[]
  /** Matches the requests that give records. */
  readonly contents: RegExp
  /** How the service says that it had too many requests, where not by 429. */
  readonly throttled?: Play
}

const faults: readonly (Play | 'throttled')[] = [
  { status: 500, body: '{"error":{"code":"AF50000","message":"An internal server error occurred."}}' },
  { status: 503, body: '<html>Service Unavailable</html>' },
  { status: 429, headers: { 'retry-after': '7' } },
  { status: 200, body: '<html><style>body { margin: 0 }</style>Your access is being checked</html>' },
  { status: 200, body: '{"error":{"code":"UnknownError","message":"An error has occurred."}}' },
  'throttled',
  'cut before',
  'cut in body',
  'stall',
  'truncate',
  'drip',
]

/** What every source promises to those who collect. */
export function sourceContract(name: string, prepare: (double: Double) => LiveSource, { timesRead = 1 } = {}): void {
  const expected = (ids: readonly string[]) => ids.flatMap((id) => Array.from({ length: timesRead }, () => id)).sort()

  describe(`${name} keeps the source contract`, () => {
    let double: Double
    afterEach(() => double.close())

    async function prepared(): Promise<LiveSource & { caller: Collector }> {
      double = await microsoftDouble()
      return { ...prepare(double), caller: collector() }
    }

    test('every record arrives once, and no second time', async () => {
      const { open, ids, caller } = await prepared()

      await caller.run(open())
      const contents = caller.names()
      await caller.run(open())

      expect(idsOf(caller)).toEqual(expected(ids))
      expect(caller.names()).toEqual(contents)
      expect(caller.gaps.size).toBe(0)
    })

    test.each(
      faults.map((fault) => [typeof fault === 'string' ? fault : `HTTP ${fault.status} ${fault.body}`, fault] as const),
    )('every record arrives in spite of: %s', async (_, fault) => {
      const { open, ids, caller, contents, throttled = { status: 429 } } = await prepared()
      const play = fault === 'throttled' ? throttled : fault
      double.order(contents, play, play)

      await caller.run(open())

      expect(idsOf(caller)).toEqual(expected(ids))
      expect(caller.gaps.size).toBe(0)
    })

    test('every record arrives though one answer in five is none', async () => {
      const { open, ids, caller } = await prepared()
      const random = seeded(7)
      const quick = faults.filter((fault) => fault !== 'stall' && fault !== 'throttled')
      double.onAny(() => (random() < 0.2 ? quick[Math.floor(random() * quick.length)] : undefined))

      await untilQuiet(caller, open)

      expect(idsOf(caller)).toEqual(expected(ids))
      expect(caller.gaps.size).toBe(0)
    })

    test('killed after any part and started again, it goes on, and nothing is missing', async () => {
      const { open, ids } = await prepared()
      const caller = collector()

      for (let after = 1; after < 200 && (await caller.run(open(), { stopAfter: after })) >= after; after += 1);
      await caller.run(open())

      expect([...new Set(idsOf(caller))]).toEqual([...ids].sort())
    })

    test('a content that fails again and again is not passed over', async () => {
      const { open, ids, caller, contents } = await prepared()
      double.order(contents, ...Array.from({ length: 12 }, () => 'truncate' as const))

      await untilQuiet(caller, open)

      expect(idsOf(caller)).toEqual(expected(ids))
      expect(caller.gaps.size).toBe(0)
    })

    test.each(['never answer', 'stall'] as const)('it ends at once when it is told to: %s', async (play) => {
      const { open, caller, contents } = await prepared()
      double.order(contents, ...Array.from({ length: 20 }, () => play))
      const stop = new AbortController()
      const isAsked = () =>
        double.requests.some(({ method, url }) => contents.test(`${method} ${url.pathname}${url.search}`))

      const ended = caller.run(open(), { signal: stop.signal }).then(String, messageOf)
      while (!isAsked()) await sleep(5)
      await sleep(50) // The half of an answer that stalls is here by then.
      const stopped = performance.now()
      stop.abort(new Error('stopped by the test'))

      expect(await ended).toBe('stopped by the test')
      expect(performance.now() - stopped).toBeLessThan(2000)
    })

    test('a cursor that is none stops the stream', async () => {
      const { open } = await prepared()

      const message = await readAll(open(), { until: 'yesterday', surprise: 1 }).catch(messageOf)

      expect(message).toMatch(/the stored cursor of .* is none/)
    })

    test('tokens and secrets are in no error, log or cursor', async () => {
      const { open, caller } = await prepared()
      let sent = ''
      let answers = 0
      double.onAny(() => {
        const { authorization } = double.requests.at(-1)?.headers ?? {}
        if (authorization === undefined) return undefined
        sent = authorization
        answers += 1
        return answers % 2 === 1 ? { status: 500, body: `you sent ${sent}` } : undefined
      })

      const errors: unknown[] = []
      for (let run = 0; run < 3; run += 1) await caller.run(open()).catch((error: unknown) => errors.push(error))

      const shown = [inspect(errors, { depth: 20, showHidden: true }), ...double.clock.logged, ...caller.cursors].join(
        '\n',
      )
      expect(sent).toMatch(/^Bearer ./)
      expect(double.clock.logged.join()).toContain('HTTP 500')
      expect(shown).not.toContain(sent.slice('Bearer '.length))
      expect(shown).not.toContain(clientSecret)
    })
  })
}

async function readAll(source: Source, cursor: unknown): Promise<void> {
  for await (const _ of source.read(cursor, () => false, new AbortController().signal));
}

/** Reads again and again, as a schedule does, until a reading comes to its end with nothing left open. */
async function untilQuiet(caller: Collector, open: () => Source): Promise<void> {
  for (let reading = 0; reading < 30; reading += 1) {
    const ended = await caller.run(open()).then(
      () => true,
      () => false,
    )
    if (ended && caller.gaps.size === 0) return
  }
}

function idsOf(caller: Collector): string[] {
  return caller
    .records()
    .map(({ Id, id }) => Id ?? id ?? '')
    .sort()
}
