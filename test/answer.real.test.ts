import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { foundOrMade } from '#src/remember.ts'
import { type CaseAnswer, wholeCase } from '#src/reports/answer/index.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { type Asked, figuresOf } from './support/answer/ask.ts'
import { of, once } from './support/answer/documents.ts'
import { count, extreme } from './support/answer/figure.ts'
import { limitSearches, silences } from './support/answer/limits.ts'
import { numbersIn, sayable, written } from './support/answer/numbers.ts'
import type { SectionSearch } from './support/answer/section.ts'
import { sectionSearches } from './support/answer/sections.ts'
import { hoofprint, root } from './support/cli.ts'
import { describeOnElasticsearch, elasticsearches } from './support/elasticsearch.ts'
import { temporaryFolderOfSuite } from './support/folder.ts'
import { sampleDatabases } from './support/sample-places.ts'

type Section = CaseAnswer['sections'][number]

/** What is answered about a sample, and where its documents are. */
type Told = Readonly<Record<'everybody' | 'intruder', { readonly answer: CaseAnswer; readonly index: string }>>

const samples = {
  'samples/audit-case': 'samples/audit-case.truth.json',
  'samples/outlook-activities.csv': 'samples/outlook-activities.truth.json',
}

const folder = temporaryFolderOfSuite()
const toldOf = new Map<string, Told>()
const { servers } = await elasticsearches()

/** Imports a sample, publishes it to every server, and asks; what that gave is kept, for all servers. */
function tell(sample: string, truthFile: string): Told {
  return foundOrMade(toldOf, sample, () => {
    const { geo, asn } = sampleDatabases(mkdtempSync(join(folder, 'databases-')))
    const databases = ['--geo-db', geo, '--asn-db', asn]
    const caseFolder = mkdtempSync(join(folder, 'case-'))
    const run = (...args: string[]) => {
      const { code, out, err } = hoofprint([...args, '--case', caseFolder])
      expect({ code, err }).toEqual({ code: 0, err: '' })
      return out
    }
    const deliver = (namespace: string) => {
      for (const { url } of servers)
        run('publish', '--elasticsearch', url, '--namespace', namespace, '--quiet', ...databases)
      return { index: `logs-*-${namespace}`, answer: JSON.parse(run('answer', '--json', ...databases)) }
    }
    const namespace = () => `answer_${randomBytes(6).toString('hex')}`
    run('import', join(root, sample), '--no-reports', '--quiet')
    const everybody = deliver(namespace())
    run('mark', '--hostile', intruders(truthFile).join(','), '--quiet')
    return { everybody, intruder: deliver(namespace()) }
  })
}

await describeOnElasticsearch('every number of an answer is what a search finds', ({ url }) => {
  const client = connect({ url })
  afterAll(() => client.close())

  describe.each(Object.entries(samples))('%s', (sample, truthFile) => {
    let ofSample: Told

    beforeAll(async () => {
      ofSample = tell(sample, truthFile)
      for (const { index } of Object.values(ofSample)) await client.indices.refresh({ index })
    }, 600_000)

    describe.each(['everybody', 'intruder'] as const)('of %s', (whose) => {
      const asked = (): Asked => ({ client, index: ofSample[whose].index, whose })
      const answer = () => ofSample[whose].answer

      test('how much it was, from when to when', async () => {
        const own = of(asked())

        const [figures] = await figuresOf(asked(), [
          {
            figures: {
              activities: count(once),
              told: count(own, once),
              first: extreme('min', '@timestamp', own),
              last: extreme('max', '@timestamp', own),
            },
          },
        ])

        expect(answer()).toMatchObject({ ...figures, whose })
      })

      test('there is a search for each section, and a section for each search', () => {
        expect(answer().sections.map(({ name }) => name)).toEqual(namesOf(whose))
      })

      describe.each(namesOf(whose))('%s', (name) => {
        const told = () => answer().sections.find((one) => one.name === name) as Section
        const search = sectionSearches[name] as SectionSearch

        test('findings are those that there are', async () => {
          const { key, findings, unlisted, sums = {} } = search
          const listed = told().findings.filter(({ facts }) => unlisted?.which(facts) !== true)
          const counts = Object.entries(sums).map(([fact, query]) => [fact, count(of(asked()), query)])

          const found = await findings(asked())
          const [summed] = await figuresOf(asked(), [{ figures: Object.fromEntries(counts) }])

          expect(listed.map(({ facts }) => key(facts)).sort()).toEqual(found.sort())
          expect(told().total).toBe(told().findings.length)
          for (const fact of Object.keys(sums)) expect([fact, sumOf(told(), fact)]).toEqual([fact, summed?.[fact]])
        })

        test('each number of each finding', async () => {
          const findings = told().findings
          const before = findings.map(({ facts }) => facts)
          const lots = await Promise.all(before.map((facts, i) => search.figures(facts, asked(), before.slice(0, i))))

          const found = await figuresOf(asked(), lots)

          const numbers = findings.map(({ facts, references }, i) =>
            numbersIn({ ...facts, ...('references' in (lots[i]?.figures ?? {}) && { references }) }, search.exempt),
          )
          expect(numbers).toEqual(found.map((values) => numbersIn(values)))
        }, 300_000)

        test('each number of each line', () => {
          const { said = { read: () => ({}), least: {} } } = search
          for (const { text, facts } of told().findings) {
            expect([text, written(said.read(text))]).toEqual([text, sayable(numbersIn(facts), said)])
          }
        })
      })

      test('each stretch without records is told, of at most ten', async () => {
        const told = answer().limits.filter((text) => text.startsWith('Nothing was recorded of'))

        expect(told).toHaveLength(Math.min(await silences(asked()), 10))
      })

      test('each number of each limit', async () => {
        const { limits, sections } = answer()
        const all = [...limits, ...sections.flatMap((one) => one.limits)]
        const told = [...new Set(all.map((text) => text.replace(wholeCase, '')))]
        for (const text of told) {
          const [known, ...others] = limitSearches.filter(({ words }) => words.test(text))
          expect([text, known?.words, others]).toEqual([text, expect.any(RegExp), []])
          if (known === undefined || typeof known.found === 'string') continue
          const groups = known.words.exec(text)?.groups ?? {}

          const found = await known.found(groups, asked())

          expect([text, written(found)]).toEqual([text, written(groups)])
        }
      })
    })
  })
})

/** What the generator knows to be the intruder's. */
function intruders(truthFile: string): string[] {
  const { intruder, intruderAddresses } = JSON.parse(readFileSync(join(root, truthFile), 'utf8'))
  return intruderAddresses ?? [...intruder.sessions, ...intruder.addresses]
}

/** Only where nothing is marked yet an answer begins with what is unusual; whose accounts were used is asked of the intruder alone. */
function namesOf(whose: string): string[] {
  const others = whose === 'everybody' ? ['else', 'users'] : ['unusual']
  return Object.keys(sectionSearches).filter((name) => !others.includes(name))
}

function sumOf({ findings }: Section, fact: string): number {
  return findings.reduce((sum, { facts }) => sum + Number(facts[fact]), 0)
}
