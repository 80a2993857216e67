import { describe, expect, test } from '@jest/globals'
import type { OutgoingDocument, Sink } from '#src/sinks/sink.ts'

const never = new AbortController().signal

/** A sink that nothing was written to yet; `ids` reads back what is stored, each copy once. */
export interface OpenSink {
  readonly sink: Sink
  ids(): Promise<string[]>
}

/** What every sink promises to those who publish. */
export function sinkContract(name: string, open: () => Promise<OpenSink>): void {
  describe(`${name} keeps the sink contract`, () => {
    test('every document has a fate, and only one', async () => {
      const { sink } = await open()

      const { written, duplicate, replaced, foreign, gone, rejected } = await sink.write(documents(0, 5), never)

      expect(written + duplicate + replaced + foreign + gone + rejected.length).toBe(5)
    })

    test('a second delivery is a duplicate, not a copy', async () => {
      const { sink, ids } = await open()
      await sink.write(documents(0, 5), never)

      const result = await sink.write(documents(3, 8), never)

      expect(result).toEqual({ written: 3, duplicate: 2, replaced: 0, foreign: 0, gone: 0, rejected: [] })
      expect((await ids()).sort()).toEqual(documents(0, 8).map(({ id }) => id))
    })

    test('writes may overlap', async () => {
      const { sink, ids } = await open()

      await Promise.all([0, 2, 4, 6].map((start) => sink.write(documents(start, start + 2), never)))

      expect((await ids()).sort()).toEqual(documents(0, 8).map(({ id }) => id))
    })

    test('nothing to write is no trouble', async () => {
      const { sink } = await open()

      expect(await sink.write([], never)).toEqual({
        written: 0,
        duplicate: 0,
        replaced: 0,
        foreign: 0,
        gone: 0,
        rejected: [],
      })
    })

    test('a write that is called off throws and leaves nothing half told', async () => {
      const { sink, ids } = await open()

      await expect(sink.write(documents(0, 5), AbortSignal.abort(new Error('called off')))).rejects.toThrow(
        'called off',
      )

      expect(await sink.write(documents(0, 5), never)).toMatchObject({ rejected: [] })
      expect((await ids()).sort()).toEqual(documents(0, 5).map(({ id }) => id))
    })
  })
}

/** Small documents of Outlook activities, each with its own id. */
export function documents(from: number, to: number): OutgoingDocument[] {
  return Array.from({ length: to - from }, (_, i) => {
    const id = `id-${from + i}`
    const text = JSON.stringify({ '@timestamp': '2026-01-01T00:00:00.000Z', event: { id, original: '{}' } })
    return { seq: from + i, id, dataset: 'o365.activity', source: Buffer.from(text) }
  })
}
