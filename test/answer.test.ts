import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { EcsDocument } from '#src/document.ts'
import type { CaseAnswer } from '#src/reports/answer/index.ts'
import type { CaseReport } from '#src/reports/answers.ts'
import type { SessionAnswer } from '#src/reports/session-answers.ts'
import { hoofprint, root } from './support/cli.ts'
import { importSample } from './support/sample-case.ts'

type Facts = Readonly<Record<string, unknown>>
type Truth = Readonly<Record<string, string>>

const truthOf = (name: string) => JSON.parse(readFileSync(join(root, `samples/${name}.truth.json`), 'utf8'))
let answer: CaseAnswer

/** Marks what the generator knows to be the intruder's, as an investigator would, and asks. */
function ask(folder: string, hostile: readonly string[]): CaseAnswer {
  const marked = hoofprint(['mark', '--case', folder, '--hostile', hostile.join(','), '--quiet'])
  expect(marked).toEqual({ code: 0, out: '', err: '' })
  const { code, out, err } = hoofprint(['answer', '--case', folder, '--json'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}

function factsOf(name: string): Facts[] {
  const section = answer.sections.find((one) => one.name === name)
  expect(section?.total).toBe(section?.findings.length)
  return section?.findings.map(({ facts }) => facts) ?? []
}

describe('of the audit sample, the answer is what the intruder did, all of it and nothing else', () => {
  const truth = truthOf('audit-case')
  let report: CaseReport
  let sessions: SessionAnswer[]
  let page: string
  let tables: { header: string[]; rows: string[][] }
  let documents: readonly EcsDocument[]

  beforeAll(async () => {
    const { folder, rendered } = await importSample('samples/audit-case')
    documents = rendered.map(({ document }) => document)
    answer = ask(folder, [...truth.intruder.sessions, ...truth.intruder.addresses])
    report = JSON.parse(hoofprint(['report', '--case', folder, '--json']).out)
    const reports = join(folder, 'reports')
    page = readFileSync(join(reports, 'report.html'), 'utf8')
    const [header = [], ...rows] = readFileSync(join(reports, report.tables['rules-activity'] ?? ''), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    tables = { header, rows }
    sessions = JSON.parse(hoofprint(['sessions', '--case', folder, '--json']).out).sessions
  })

  test('as many activities, from the first to the last', () => {
    const { whose, told, activities, doubled, first, last } = answer
    expect({ whose, told, activities, doubled }).toEqual({
      whose: 'intruder',
      told: truth.intruder.records,
      activities: truth.distinct.all - truth.distinct.signIns,
      doubled: truth.distinct.signIns,
    })
    expect(report.answers.actors['intruder']).toBe(truth.intruder.records)
    // Sign-ins tell the milliseconds that the audit log's records of them lack.
    expect([first, last].map(second)).toEqual([truth.intruder.first, truth.intruder.last].map(second))
  })

  test('addresses, and from which of them somebody got in', () => {
    const addresses = factsOf('addresses')
    expect(addresses.map(({ ip }) => ip).sort()).toEqual(truth.intruder.addresses)
    const loggedOn = addresses.filter(({ succeeded }) => Number(succeeded) > 0)
    expect(loggedOn.map(({ ip }) => ip).sort()).toEqual(truth.intruder.addressesThatLoggedOn)
    for (const { ip, succeeded, failed } of addresses) {
      const { success = 0, failure = 0 } = truth.logons.audit.byAddress[String(ip)] ?? {}
      expect({ ip, succeeded, failed }).toEqual({ ip, succeeded: success, failed: failure })
    }
  })

  test('sessions, with whose, from where, when and what', () => {
    const sessions = factsOf('sessions') as unknown as SessionAnswer[]
    expect(sessions.map(({ session }) => session).sort()).toEqual(truth.intruder.sessions)
    for (const { session, users, addresses, first, last, records } of sessions) {
      const expected = truth.sessions[session]
      const told = { users, addresses, first, records }
      expect(told).toEqual({
        users: [expected.user],
        addresses: expected.addresses,
        first: expected.first,
        // What the directory logs, it logs without the session.
        records: expected.records - expected.withoutSessionId,
      })
      if (expected.withoutSessionId === 0) expect(second(last)).toBe(second(expected.last))
    }
  })

  test('mails, by mailbox, and folders that were copied', () => {
    const mails = factsOf('mails')
    const byMailbox = Object.entries<{ messages: number; messageReads: number; subjectKnown: number }>(
      truth.reads.ofIntruder.byMailbox,
    )
    for (const [mailbox, expected] of byMailbox) {
      const own = mails.filter((mail) => mail['mailbox'] === mailbox)
      expect([mailbox, own.length, sum(own, 'times')]).toEqual([mailbox, expected.messages, expected.messageReads])
    }
    expect(mails).toHaveLength(byMailbox.reduce((all, [, { messages }]) => all + messages, 0))
    const folders = truth.reads.ofIntruder.syncedFolders.map(({ mailbox, folder }: Truth) => `${mailbox} ${folder}`)
    expect(
      factsOf('folders')
        .map(({ mailbox, folder }) => `${mailbox} ${folder}`)
        .sort(),
    ).toEqual([...new Set(folders)].sort())
  })

  test('searches, word for word', () => {
    const expected = truth.searches.list.filter(({ actor }: Truth) => actor === 'intruder')
    expect(keysOf(factsOf('searches'), ['at', 'operation', 'session', 'ip', 'query'])).toEqual(
      keysOf(expected, ['time', 'operation', 'session', 'ip', 'text']),
    )
  })

  test.each([
    ['rules', 'rule', ['at', 'operation', 'ip', 'object'], ['time', 'operation', 'ip', 'name']],
    ['permissions', 'permission', ['at', 'operation', 'ip'], ['time', 'operation', 'ip']],
    ['consents', 'consent', ['at', 'operation', 'ip', 'object'], ['time', 'operation', 'ip', 'application']],
    ['accounts', 'account', ['at', 'operation', 'object'], ['time', 'operation', 'target']],
    ['shared', 'share', ['at', 'operation', 'ip'], ['time', 'operation', 'ip']],
    ['administration', 'admin', ['at', 'operation'], ['time', 'operation']],
  ])('%s', (name, kind, own, named) => {
    const expected = truth.changes[kind].filter(({ actor }: Truth) => actor === 'intruder')
    expect(keysOf(factsOf(name), own)).toEqual(keysOf(expected, named))
  })

  test('forwarding, of whole mailboxes and by rules', () => {
    const sendsOn = ({ actions }: Truth) =>
      Object.keys(actions ?? {}).some((name) => /^(BlindCopy|Forward|Redirect)/.test(name))
    const all = [...truth.changes.forward, ...truth.changes.rule.filter(sendsOn)]
    const expected = all.filter(({ actor }: Truth) => actor === 'intruder')

    expect(expected).toHaveLength(2)
    expect(keysOf(factsOf('forwarding'), ['at', 'operation', 'ip'])).toEqual(
      keysOf(expected, ['time', 'operation', 'ip']),
    )
  })

  test('mail sent, attachments opened, mail deleted, files downloaded', () => {
    expect(keysOf(factsOf('sent'), ['at', 'mailbox', 'ip', 'session', 'subject'])).toEqual(
      keysOf(truth.sent.ofIntruder, ['time', 'mailbox', 'ip', 'session', 'subject']),
    )
    // Records of sending name no recipient: message traces do.
    const recipients = factsOf('sent').map(({ at, detail }) => [at, String(detail).split('; ')])
    const expected = truth.sent.ofIntruder.map(({ time, to }: { time: string; to: string[] }) => [time, to.toSorted()])
    expect(recipients.sort()).toEqual(expected.sort())
    expect(keysOf(factsOf('attachments'), ['at', 'mailbox', 'ip', 'session'])).toEqual(
      keysOf(truth.attachments.ofIntruder, ['time', 'mailbox', 'ip', 'session']),
    )
    const deleted = truth.deleted.ofIntruder.map((one: { subjects: string[] }) => ({
      ...one,
      subject: one.subjects.join('; '),
    }))
    expect(keysOf(factsOf('deleted'), ['at', 'operation', 'session', 'object', 'subject'])).toEqual(
      keysOf(deleted, ['time', 'operation', 'session', 'folder', 'subject']),
    )
    const files = factsOf('files')
    expect(files).toHaveLength(truth.intruder.byCategory.file)
    const downloads = files.filter(({ operation }) => operation === 'FileDownloaded')
    expect(downloads.map(({ at, object }) => [at, String(object).split('/').at(-1)])).toEqual(
      truth.fileUse.downloadedByIntruder.map(({ time, file }: Truth) => [time, file]),
    )
  })

  test('each line says how sure it is and where it stands; only what a service logged is inferred', () => {
    const findings = answer.sections.flatMap((section) => section.findings)
    expect(findings.filter(({ references }) => references.length === 0)).toEqual([])
    expect(
      findings
        .filter(({ certainty }) => certainty === 'inferred')
        .map(({ facts }) => facts['operation'] ?? facts['user']),
    ).toEqual(
      [expect.stringMatching(/^serviceprincipal_/), 'Update user.'], // Whose it is, and what.
    )
    const ids = new Set(documents.map((document) => document['event.id']))
    expect(findings.flatMap(({ references }) => references).filter(({ id }) => !ids.has(id))).toEqual([])
  })

  test('the gap that limits an answer stands with it', () => {
    const mails = answer.sections.find(({ name }) => name === 'mails')
    expect(mails?.limits.join()).toContain('marked as throttled')
  })

  test('results that did not arrive are told', () => {
    const [{ from, to, of }] = truth.gaps

    expect(answer.limits.filter((limit) => limit.includes('results that its search'))).toEqual([
      expect.stringContaining(
        `holds ${of - (to - from + 1)} of ${of} results that its search says it had: ${to - from + 1}`,
      ),
    ])
  })

  test('tables and the page say whose each activity is', () => {
    const actor = tables.header.indexOf('Actor')

    expect(tables.rows.filter((cells) => cells[actor] === 'intruder')).toHaveLength(truth.intruder.byCategory.rule)
    expect(tables.rows.filter((cells) => cells[actor] === 'unknown')).toHaveLength(
      truth.byCategory.rule - truth.intruder.byCategory.rule,
    )
    expect(page).toContain('<span class="actor intruder">intruder</span>')
  })

  test('logons that two logs record count once', () => {
    const { logonTotals, logonsByAddress } = report.answers

    expect(logonTotals).toMatchObject({
      succeeded: truth.logons.audit.outcomes.success,
      failed: truth.logons.audit.outcomes.failure,
      unknown: truth.logons.audit.outcomes.unknown,
    })
    expect(logonTotals.succeeded + logonTotals.failed + logonTotals.unknown).toBe(truth.logons.distinct)
    expect(logonsByAddress).toHaveLength(Object.keys(truth.logons.audit.byAddress).length)
  })

  test('every session is listed with exactly its records', () => {
    const expected = Object.entries<{ records: number; withoutSessionId: number; actor: string }>(
      truth.sessions,
    ).filter(([id, { records, withoutSessionId }]) => id !== 'none' && records > withoutSessionId)

    expect(Object.fromEntries(sessions.map(({ session, records, actors }) => [session, [records, actors]]))).toEqual(
      Object.fromEntries(
        expected.map(([id, { records, withoutSessionId, actor }]) => {
          const count = records - withoutSessionId
          return [id, [count, { [actor === 'intruder' ? 'intruder' : 'unknown']: count }]]
        }),
      ),
    )
  })

  test('what is new is what no earlier activity of the mailbox’s own user shows', () => {
    const seen = new Set<string>()
    for (const document of documents.toSorted(byTime)) {
      if (!isOwn(document)) continue
      const ip = document['source.ip']
      const network = ip?.includes(':') ? ip.split('::')[0]?.split(':').slice(0, 4).join(':') : ip
      const shown = { ip: network, user_agent: document['user_agent.original'] }
      const novel = Object.entries(shown).filter(([kind, value]) => {
        const key = `${document['hoofprint.mailbox']} ${kind} ${value}`
        return value !== undefined && !seen.has(key) && seen.add(key)
      })
      expect(document['hoofprint.first_seen'] ?? []).toEqual(novel.map(([kind]) => kind))
    }
    expect(documents.filter((document) => document['hoofprint.first_seen'] && !isOwn(document))).toEqual([])
  })
})

describe('of the mailbox of 2018, where few records name a session', () => {
  const truth = truthOf('outlook-activities')

  beforeAll(async () => {
    const { folder } = await importSample('samples/outlook-activities.csv')
    answer = ask(folder, truth.intruderAddresses)
  })

  test('mails that were read are the intruder’s, each proven or said to be inferred', () => {
    const mails = factsOf('mails')
    expect([mails.length, sum(mails, 'times')]).toEqual([
      truth.reads.byActor.intruder.items,
      truth.reads.byActor.intruder.displays,
    ])
    const section = answer.sections.find(({ name }) => name === 'mails')
    const certainties = new Set(section?.findings.map(({ certainty }) => certainty))
    expect([...certainties].every((certainty) => certainty === 'session' || certainty === 'inferred')).toBe(true)
  })

  test('searches are told once, however many key strokes led to them', () => {
    const searches = factsOf('searches')
    expect(searches.map(({ query }) => query)).toEqual(truth.searches.intruderQueries)
    expect(sum(searches, 'typed')).toBe(truth.searches.byActor.intruder.typed)
  })

  test('addresses, attachments, mail sent and deleted', () => {
    expect(
      factsOf('addresses')
        .map(({ ip }) => ip)
        .sort(),
    ).toEqual(truth.intruderAddresses.toSorted())
    expect(factsOf('attachments')).toHaveLength(truth.attachments.intruder)
    expect(factsOf('deleted').filter(({ operation }) => operation === 'Delete')).toHaveLength(truth.deleted.intruder)
    const sent = factsOf('sent').filter(({ operation }) => truth.sent.types.includes(operation))
    expect(countBy(sent, 'operation')).toEqual(truth.sent.intruder.byType)
  })

  test('nothing is claimed that the story does not have', () => {
    const silent = ['rules', 'forwarding', 'permissions', 'consents', 'accounts', 'administration', 'files', 'shared']
    for (const name of silent) expect([name, factsOf(name)]).toEqual([name, []])
  })
})

function second(at: string | undefined): string | undefined {
  return at?.slice(0, 19)
}

function isOwn(document: EcsDocument): boolean {
  const user = document['user.email'] ?? document['user.id']?.toLowerCase()
  return (
    document['source.ip'] !== undefined &&
    document['hoofprint.category'] !== 'delivery' &&
    document['event.outcome'] !== 'failure' &&
    document.tags?.includes('microsoft-service') !== true &&
    user === document['hoofprint.mailbox']
  )
}

function byTime(a: EcsDocument, b: EcsDocument): number {
  const key = (document: EcsDocument) =>
    `${document['@timestamp']} ${document['event.id']} ${document['event.dataset']}`
  return key(a) < key(b) ? -1 : 1
}

/** Some columns of each row, in an order that does not depend on the rows' own. */
function keysOf(rows: readonly Facts[], columns: readonly string[]): string[] {
  return rows.map((row) => JSON.stringify(columns.map((column) => row[column] ?? null))).sort()
}

function sum(rows: readonly Facts[], column: string): number {
  return rows.reduce((all, row) => all + Number(row[column]), 0)
}

function countBy(rows: readonly Facts[], column: string): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(rows, (row) => String(row[column]))].map(([name, own]) => [name, own.length]),
  )
}
