import { RetryableError } from '#src/errors.ts'
import type { Gap, Part, Source } from '#src/sources/source.ts'

/** A caller as sources expect one: stores contents under their names, then saves the cursor; gaps by name. */
export function collector() {
  const stored = new Map<string, unknown[]>()
  const gaps = new Map<string, Gap>()
  const cursors: string[] = []
  let cursor: string | undefined

  async function store(part: Part, signal: AbortSignal): Promise<void> {
    const { content } = part
    if (content !== undefined && known(content.name)) throw new Error(`${content.name} is known, and was offered`)
    for (let tries = 1; content !== undefined && tries <= 3; tries += 1) {
      try {
        stored.set(content.name, await recordsIn(content.chunks(signal)))
        break
      } catch (error) {
        if (!(error instanceof RetryableError)) throw error
      }
    }
    for (const gap of part.gaps ?? []) gaps.set(gap.name, gap)
    for (const name of part.closed ?? []) gaps.delete(name)
  }

  const known = (name: string) => stored.has(name) || gaps.get(name)?.final === true

  return {
    gaps,
    cursors,
    names: () => [...stored.keys()],
    records: () => [...stored.values()].flat() as { Id?: string; id?: string }[],
    /** Reads once; `stopAfter` so many parts it stops as if killed, before the cursor of the last is saved. */
    async run(source: Source, { stopAfter = Number.POSITIVE_INFINITY, signal = never } = {}): Promise<number> {
      let parts = 0
      for await (const part of source.read(cursor === undefined ? undefined : JSON.parse(cursor), known, signal)) {
        parts += 1
        await store(part, signal)
        if (parts >= stopAfter) return parts
        cursor = JSON.stringify(part.cursor)
        cursors.push(cursor)
      }
      return parts
    },
  }
}

export type Collector = ReturnType<typeof collector>

/** A signal that nobody aborts. */
export const never = new AbortController().signal

async function recordsIn(chunks: AsyncIterable<Buffer>): Promise<unknown[]> {
  const text = Buffer.concat(await Array.fromAsync(chunks)).toString()
  const value: unknown = JSON.parse(text)
  return Array.isArray(value) ? value : (value as { value: unknown[] }).value
}
