import { FatalError } from '../../errors.ts'
import { ask } from './ask.ts'
import type { Cluster } from './client.ts'
import { Claim, type Mappings, type OwnStream } from './templates.ts'

/** Throws `FatalError` when one of these index templates would win, or tie, over one of ours, and says what to do about it. */
export function refuseRivals(
  target: string,
  templates: ReadonlyMap<string, unknown>,
  streams: readonly OwnStream[],
): void {
  const ours = new Set(streams.map(({ file }) => file.name))
  for (const [name, template] of templates) {
    if (ours.has(name)) continue
    const rival = Claim.parse(template)
    const own = streams.find(
      (stream) =>
        rival.priority >= stream.priority && rival.index_patterns.some((pattern) => overlap(stream.name, pattern)),
    )
    if (own === undefined) continue
    throw new FatalError(
      `the index template ${name} of ${target} claims ${rival.index_patterns.join(', ')} with priority ${rival.priority}, and so ` +
        `takes ${own.name} from Hoofprint's ${own.file.name}: lower its priority below ${own.priority}, narrow its ` +
        'patterns or delete it, then run `hoofprint setup` again',
    )
  }
}

/** Whether some name fits both patterns, in which `*` stands for anything. */
export function overlap(a: string, b: string): boolean {
  if (a === '' || b === '') return /^\**$/.test(a + b)
  if (a[0] === '*') return overlap(a.slice(1), b) || overlap(a, b.slice(1))
  if (b[0] === '*') return overlap(b, a)
  return a[0] === b[0] && overlap(a.slice(1), b.slice(1))
}

/** A data stream, and what our files say that its fields are. */
export interface StandingStream {
  readonly name: string
  /** Its backing indices, oldest first: one at least. */
  readonly indices: readonly string[]
  readonly mappings: Mappings
}

/** What stands under the names of our data streams. */
export interface Standing {
  /** Indices and aliases: as long as they do no data stream can be made there. */
  readonly obstacles: readonly string[]
  readonly streams: readonly StandingStream[]
}

/** Asks for it once: setting up and delivering look at it from several sides. */
export async function standingIn({ client, target }: Cluster, streams: readonly OwnStream[]): Promise<Standing> {
  const name = streams.map((stream) => stream.name)
  const found = await ask(target, client.indices.resolveIndex({ name, ignore_unavailable: true }))
  const indices = found.indices.filter((index) => index.data_stream === undefined)
  return {
    obstacles: [...indices, ...found.aliases].map((one) => one.name),
    streams: found.data_streams.flatMap(({ name, backing_indices: backing }) => {
      const own = streams.find((stream) => stream.name === name)
      if (own === undefined) return []
      return { name, indices: [backing].flat(), mappings: own.mappings }
    }),
  }
}
