import { randomBytes } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { createRandom } from '../samples/random.ts'
import { hoofprint, root } from './support/cli.ts'
import { describeOnAllElasticsearches } from './support/elasticsearch.ts'
import { temporaryFolder } from './support/folder.ts'
import { mutated } from './support/mutated.ts'

const total = Number(process.env['HOOFPRINT_MUTATED_RECORDS'] ?? 4_000)
const seed = Number(process.env['HOOFPRINT_FUZZ_SEED'] ?? 1)

const sample = join(root, 'samples/audit-case')
const blobs = globSync('management-api-blobs/*.json', { cwd: sample }).sort()
const records: JsonObject[] = [
  ...blobs.flatMap((path) => JSON.parse(readFileSync(join(sample, path), 'utf8'))),
  ...JSON.parse(readFileSync(join(sample, 'graph-signins.json'), 'utf8')).value,
]

await describeOnAllElasticsearches('mutated records', (servers) => {
  test(`of ${total} records with wrong types, missing and further members, none is lost and no document is refused`, async () => {
    const folder = temporaryFolder()
    const evidence = writeEvidence(join(folder, 'evidence'))
    const namespace = `fuzz_${randomBytes(6).toString('hex')}`
    const run = (...args: string[]) => {
      const { out, err } = hoofprint([...args, '--case', join(folder, 'case'), '--namespace', namespace, '--json'])
      expect(err).toBe('')
      return JSON.parse(out)
    }
    const [first, ...others] = servers.map(({ url }) => ['--elasticsearch', url])

    const { files, published } = run('import', evidence, '--publish', ...(first ?? [])) as Result
    const publishedToo = others.map((place) => run('publish', ...place))

    const counts = files.map(({ counts }) => counts)
    expect(sum(counts.map(({ read }) => read))).toBe(total)
    for (const { read, stored, duplicate, rejected } of counts) expect(stored + duplicate + rejected).toBe(read)
    const stored = sum(counts.map(({ stored }) => stored))
    // Only what does not say what was done, or when, is set aside.
    expect(stored).toBeGreaterThan(total * 0.8)
    for (const one of [published, ...publishedToo])
      expect(one).toMatchObject({ written: stored, duplicate: 0, rejected: 0 })
    for (const { url } of servers) {
      const client = connect({ url })
      const index = `logs-*-${namespace}`
      await client.indices.refresh({ index })
      expect((await client.count({ index })).count).toBe(stored)
      await client.close()
    }
  }, 3_600_000)
})

interface Result {
  readonly files: readonly {
    readonly counts: Record<'read' | 'stored' | 'duplicate' | 'rejected', number>
  }[]
  readonly published: unknown
}

function writeEvidence(folder: string): string {
  const random = createRandom(seed)
  mkdirSync(folder)
  const lines = Array.from({ length: total }, () => {
    const record = random.pick(records)
    const id = 'Id' in record ? { Id: random.guid() } : { id: random.guid() } // Else they were copies of one another.
    return `${JSON.stringify(mutated(random, { ...record, ...id }))}\n`
  })
  for (let from = 0; from < total; from += 10_000) {
    // The first record of a file tells what it is.
    const whole = lines.slice(from, from + 10_000).sort((a, b) => Number(isWhole(b)) - Number(isWhole(a)))
    writeFileSync(join(folder, `${from}.jsonl`), whole.join(''))
  }
  return folder
}

function isWhole(line: string): boolean {
  const record: JsonObject = JSON.parse(line)
  return typeof record['CreationTime'] === 'string' && typeof record['Operation'] === 'string'
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
