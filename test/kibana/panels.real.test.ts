import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { once } from '#src/remember.ts'
import { connect } from '#src/sinks/elasticsearch/client.ts'
import { hoofprint, root } from '../support/cli.ts'
import { describeOnElasticsearch, elasticsearches } from '../support/elasticsearch.ts'
import { temporaryFolder } from '../support/folder.ts'
import { facts } from '../support/kibana/facts.ts'
import { kql } from '../support/kibana/kql.ts'
import { type LensRow, lensOf, rowsOf } from '../support/kibana/lens.ts'
import { truth } from '../support/kibana/sample-truth.ts'
import { panels, searches } from '../support/kibana/shipped.ts'
import { wayInTime, writeWayIn } from '../support/kibana/way-in-evidence.ts'
import { sampleDatabases } from '../support/sample-places.ts'

const drawn = panels.filter(({ type }) => type === 'lens')
/**
 * What the tenant's sample has none of, rightly: every search has its session there, no key stroke is recorded, no record was cut off, and nobody
 * came by a device code.
 */
const empty = [
  'hoofprint-logons: By device code',
  'hoofprint-logons: Signed in by a code entered on another device',
  'hoofprint-logons: Applications that signed in by themselves, with a secret or certificate of their own',
  'hoofprint-searches: Key strokes before them',
  'hoofprint-searches: Logon inferred: nearest before',
  'hoofprint-ingest-health: Truncated records',
]
/** What an investigator would mark who knows what the generator does. */
const marks = [
  ...['--hostile', [...truth.intruder.sessions, ...truth.intruder.addresses].join()],
  ...['--trusted', ownAddresses().join()],
]

const { servers } = await elasticsearches()
const tenant = namespace()
const mailbox = namespace()
const wayIn = namespace()
/** To every server, for all of the suites. */
const publishAll = once(() => {
  publish('samples/audit-case', tenant, marks)
  publish('samples/outlook-activities.csv', mailbox, ['--hostile', mailboxTruth.intruderAddresses.join()])
  const folder = temporaryFolder()
  writeWayIn(folder)
  publish(folder, wayIn, [])
})

await describeOnElasticsearch('the panels over the sample', ({ url }) => {
  const client = connect({ url })

  beforeAll(publishAll, 600_000)
  afterAll(() => client.close())

  test('what was published is what happened', async () => {
    await client.indices.refresh({ index: indexOf(tenant) })
    await client.indices.refresh({ index: indexOf(mailbox) })
    await client.indices.refresh({ index: indexOf(wayIn) })

    expect((await client.count({ index: indexOf(tenant) })).count).toBe(truth.distinct.all)
  })

  describe('no panel is empty', () => {
    test.each(drawn.map((panel) => [nameOf(panel), panel] as const))('%s', async (name, { embeddableConfig }) => {
      const lens = lensOf(embeddableConfig.attributes ?? {})
      const figures = [...lens.columns.values()].filter(({ isBucketed }) => !isBucketed)

      const rows = await rowsOf(client, indexOf(tenant), lens, timeOf(truth))

      const shown = rows.flatMap((row) => figures.map(({ label }) => row[label]))
      expect(shown.some((value) => value !== null && value !== 0)).toBe(!empty.includes(name))
    })

    test('the map', async () => {
      const [map] = panels.filter(({ type }) => type === 'map')
      const [, layer] = JSON.parse(map?.embeddableConfig.attributes?.['layerListJSON'] as string)
      const filter = [kql(layer.query.query), { exists: { field: layer.sourceDescriptor.geoField } }]

      const { count } = await client.count({ index: indexOf(tenant), query: { bool: { filter } } })

      const ofKnownPlaces = Object.entries(truth.logons.audit.byAddress).filter(([ip]) => ip in truth.logons.countries)
      expect(count).toBe(
        ofKnownPlaces.reduce((sum, [, { success, failure, unknown }]) => sum + success + failure + unknown, 0),
      )
    })
  })

  describe('the figures are those of the truth', () => {
    test.each(Object.keys(facts.panels))('%s', async (name) => {
      const asked = drawn.filter((panel) => nameOf(panel) === name)
      const rows = await Promise.all(
        asked.map(({ embeddableConfig }) =>
          rowsOf(client, indexOf(tenant), lensOf(embeddableConfig.attributes ?? {}), timeOf(truth)),
        ),
      )

      expect(asked).not.toEqual([])
      facts.panels[name]?.(rows.flat())
    })

    test.each(
      searches.map(({ title, filter }) => [title.replace('[Hoofprint] ', ''), filter] as const),
    )('the list: %s', async (title, filter) => {
      const { count } = await client.count({ index: indexOf(tenant), query: kql(filter) })

      expect(count).toBe(facts.lists[title])
    })
  })

  test.each(documentedRules())('the documented query finds something: %s', async (query) => {
    const { count } = await client.count({ index: [indexOf(tenant), indexOf(wayIn)], query: kql(query) })

    expect(count).toBeGreaterThan(0)
  })

  /** What a panel shows of the mailbox of 2018, or of another namespace. */
  function rowsFor(
    name: string,
    [index, time] = [mailbox, mailboxTruth] as readonly [string, Span],
  ): Promise<LensRow[]> {
    const [panel] = drawn.filter((one) => nameOf(one) === name)
    return rowsOf(client, indexOf(index), lensOf(panel?.embeddableConfig.attributes ?? {}), timeOf(time))
  }

  test('who was stopped after the first factor and who came by a device code is told once, and what Copilot read is listed', async () => {
    const [after, byCode, stopped, codes, categories] = await Promise.all(
      [
        'hoofprint-logons: After first factor',
        'hoofprint-logons: By device code',
        'hoofprint-logons: Stopped only after the first factor: whose password, or token, does somebody have?',
        'hoofprint-logons: Signed in by a code entered on another device',
        'hoofprint-overview: Categories',
      ].map((name) => rowsFor(name, [wayIn, wayInTime])),
    )
    const { filter = '' } = searches.find(({ title }) => title.includes('Copilot')) ?? {}

    expect([after, byCode]).toEqual([[{ 'After first factor': 2 }], [{ 'By device code': 1 }]])
    const told = stopped?.map((row) => [row['User'], row['Address'], row['Stopped'], row['Password right']])
    expect(told?.toSorted()).toEqual([
      ['alice@contoso.example', '203.0.113.66', 1, 1],
      ['bob@contoso.example', '203.0.113.66', 1, 0],
    ])
    expect(codes).toMatchObject([
      { User: 'carol@contoso.example', 'Application, newest': 'Microsoft Authentication Broker', Succeeded: 1 },
    ])
    expect(categories?.map((row) => [row['Category'], row['Events']])).toContainEqual(['copilot', 1])
    expect(categories?.map((row) => row['Category'])).not.toContain('state') // A rule that stood is there, and nobody did anything.
    expect((await client.count({ index: indexOf(wayIn), query: kql(filter) })).count).toBe(1)
    const stood = searches.find(({ title }) => title.includes('What stood'))?.filter ?? ''
    expect((await client.count({ index: indexOf(wayIn), query: kql(stood) })).count).toBe(1)
  })

  test('an application that nobody signs in to is told with what Microsoft Graph gave it, and auditing switched off is listed', async () => {
    const [signedIn, opened] = await Promise.all(
      [
        'hoofprint-logons: Applications that signed in by themselves, with a secret or certificate of their own',
        'hoofprint-mail-read: Applications: what each opened, and when it was let in',
      ].map((name) => rowsFor(name, [wayIn, wayInTime])),
    )
    const listed = ['Microsoft Graph about mail', 'Administration'].map(
      (words) => searches.find(({ title }) => title.includes(words))?.filter ?? '',
    )

    const counts = listed.map(
      async (filter) => (await client.count({ index: indexOf(wayIn), query: kql(filter) })).count,
    )
    expect(signedIn).toMatchObject([{ Application: 'Mail Archiver', 'Newest address': '203.0.113.66', Succeeded: 1 }])
    expect(opened).toMatchObject([
      { Application: 'Mail Archiver', 'Messages opened': 0, Records: 1, 'Given by Graph': 1 },
    ])
    expect(await Promise.all(counts)).toEqual([1, 2])
  })

  test('in a mailbox of 2018 mail that was displayed is mail opened', async () => {
    const [[all], byAddress] = await Promise.all([
      rowsFor('hoofprint-mail-read: Records with a subject'),
      rowsFor('hoofprint-mail-read: Who opened how much, from where'),
    ])

    const displays = mailboxTruth.byType.ReadingPaneDisplayStart
    expect(all?.['Records of opening']).toBe(displays)
    // None of its records has an address: each has that of its logon, as in the report.
    const found = Map.groupBy(byAddress, (row) => String(row['Address']))
    const sums = [...found].map(([ip, rows]) => [ip, rows.reduce((sum, row) => sum + Number(row['Records']), 0)])
    expect(Object.fromEntries(sums)).toEqual(
      Object.fromEntries(Object.entries(mailboxTruth.reads.byIp).map(([ip, { displays }]) => [ip, displays])),
    )
    const proven = byAddress.filter((row) => row['Known by'] === 'session')
    expect(proven.reduce((sum, row) => sum + Number(row['Records']), 0)).toBe(
      mailboxTruth.reads.displaysByProof.session,
    )
  })

  test('in a mailbox of 2018 replies and forwards that were begun are no mail sent', async () => {
    const sent = await rowsFor('hoofprint-mailbox-changes: Messages sent')

    expect(sent).toEqual([{ 'Messages sent': mailboxTruth.byType.MessageSent }])
  })

  test('in a mailbox of 2018 key strokes are no searches', async () => {
    const names = ['Searches', 'Key strokes before them', 'By the intruder', 'What was searched for']
    const [searches, typed, byIntruder, byWords] = await Promise.all(
      names.map((name) => rowsFor(`hoofprint-searches: ${name}`)),
    )

    const { queries, typed: strokes, byActor } = mailboxTruth.searches
    expect(searches).toEqual([{ Searches: queries }])
    expect(typed).toEqual([{ 'Key strokes before them': strokes }])
    expect(byIntruder).toEqual([{ 'By the intruder': byActor.intruder.queries }])
    expect(byWords?.reduce((sum, row) => sum + Number(row['Searches']), 0)).toBe(queries)
  })

  test('in a mailbox of 2018 searches have their logons inferred, and panels say so', async () => {
    const [[inferred], [proven], byAddress] = await Promise.all([
      rowsFor('hoofprint-searches: Logon inferred: nearest before'),
      rowsFor('hoofprint-searches: Logon proven by the session'),
      rowsFor('hoofprint-searches: Searches by logon address, and how the logon was found'),
    ])

    expect(byAddress.length).toBeGreaterThan(1)
    const sums = Map.groupBy(byAddress, (row) => row['Logon found by'])
    const sumOf = (method: string) => (sums.get(method) ?? []).reduce((sum, row) => sum + Number(row['Searches']), 0)
    expect(sumOf('nearest')).toBe(inferred?.['Logon inferred: nearest before'])
    expect(sumOf('session')).toBe(proven?.['Logon proven by the session'])
    expect(sumOf('nearest')).toBeGreaterThan(0)
  })
})

/** What happened in the mailbox of 2018. */
const mailboxTruth: MailboxTruth = JSON.parse(readFileSync(join(root, 'samples/outlook-activities.truth.json'), 'utf8'))

interface MailboxTruth {
  readonly first: string
  readonly last: string
  readonly intruderAddresses: readonly string[]
  readonly byType: { readonly ReadingPaneDisplayStart: number; readonly MessageSent: number }
  readonly reads: {
    readonly byIp: Readonly<Record<string, { readonly displays: number }>>
    readonly displaysByProof: { readonly session: number }
  }
  readonly searches: {
    readonly queries: number
    readonly typed: number
    readonly byActor: { readonly intruder: { readonly queries: number } }
  }
}

/** The queries that the page of Elasticsearch offers for rules. */
function documentedRules(): string[] {
  const [, rules = ''] = readFileSync(join(root, 'docs/elasticsearch.md'), 'utf8').split('## Rules')
  return [...rules.matchAll(/^\| .* \| `([^`]+)` \|$/gm)].map(([, query]) => query as string)
}

interface Span {
  readonly first: string
  readonly last: string
}

/** The time that an investigator chooses: that of the evidence, long before it was delivered. */
function timeOf({ first, last }: Span) {
  return { gte: first, lte: last }
}

function namespace(): string {
  return `panels_${randomBytes(6).toString('hex')}`
}

function indexOf(name: string): string {
  return `logs-*-${name}`
}

function nameOf({ dashboard, title }: { readonly dashboard: string; readonly title: string }): string {
  return `${dashboard}: ${title}`
}

/** Publishes a sample to every server, as a user does who has marked it, with databases that know where its addresses are. */
function publish(sample: string, name: string, marks: readonly string[]): void {
  const folder = temporaryFolder()
  const { geo, asn } = sampleDatabases(folder)
  const databases = ['--geo-db', geo, '--asn-db', asn]
  const inCase = ['--case', join(folder, 'case'), '--quiet']
  run(['import', resolve(root, sample), '--no-reports', ...inCase, ...databases])
  if (marks.length > 0) run(['mark', ...marks, ...inCase])
  for (const { url } of servers) run(['publish', ...inCase, ...databases, '--elasticsearch', url, '--namespace', name])
}

function run(args: readonly string[]): void {
  const { code, err } = hoofprint([...args])
  if (code !== 0) throw new Error(`hoofprint ${args[0]} failed: ${err}`)
}

/** From where the owners and their administrator logged on. */
function ownAddresses(): string[] {
  const { byAddress } = truth.logons.audit
  return Object.keys(byAddress).filter((ip) => byAddress[ip]?.actors.includes('intruder') === false)
}
