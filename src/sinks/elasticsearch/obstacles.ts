import { z } from 'zod'
import { FatalError } from '../../errors.ts'
import { ask } from './ask.ts'
import type { Cluster } from './client.ts'
import { IndexTemplate, streamKinds } from './templates.ts'

const Templates = z.object({
  index_templates: z.array(z.object({ name: z.string(), index_template: IndexTemplate })),
})

/** Throws `FatalError` when another index template would win, or tie, over one of ours, and says what to do about it. */
export async function refuseRivals({ client, target }: Cluster): Promise<void> {
  const { index_templates: templates } = Templates.parse(await ask(target, client.indices.getIndexTemplate()))
  const ours = new Set(streamKinds.map(({ name }) => name))
  for (const { name, index_template: rival } of templates) {
    if (ours.has(name)) continue
    const kind = streamKinds.find(
      ({ patterns, priority }) =>
        rival.priority >= priority &&
        rival.index_patterns.some((theirs) => patterns.some((own) => overlap(own, theirs))),
    )
    if (kind === undefined) continue
    throw new FatalError(
      `the index template ${name} of ${target} claims ${rival.index_patterns.join(', ')} with priority ${rival.priority}, and so ` +
        `takes ${kind.patterns.join(', ')} from Hoofprint's ${kind.name}: lower its priority below ${kind.priority}, narrow its ` +
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

/** The indices and aliases that stand where data streams should be: as long as they do no data stream can be made there. */
export async function obstaclesOf({ client, target }: Cluster): Promise<string[]> {
  const name = streamKinds.flatMap(({ patterns }) => patterns)
  const { indices, aliases } = await ask(target, client.indices.resolveIndex({ name }))
  return [...indices.filter((index) => index.data_stream === undefined), ...aliases].map((found) => found.name)
}
