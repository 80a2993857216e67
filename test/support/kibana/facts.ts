import { expect } from '@jest/globals'
import type { LensRow } from './lens.ts'
import { truth } from './sample-truth.ts'

type Check = (rows: readonly LensRow[]) => void

const { audit, signIns } = truth.logons
const { byCategory, reads } = truth
const changing = ['rule', 'forward', 'permission', 'consent', 'account']
const changes = sumOf(changing.map((name) => byCategory[name] ?? 0))
/** The sample's administrator makes an account, gives a role, changes a policy and switches auditing on; the rest are quotas and protocols. */
const weighty = truth.changes.admin.filter(
  ({ operation, AuditEnabled }) => /^(?:Add|Update) /.test(operation) || AuditEnabled !== undefined,
).length
const syncsByPeople = reads.byActor.intruder.syncRecords + reads.byActor.owner.syncRecords
const bindsByPeople = reads.bindRecords - reads.byActor.service.bindRecords
const deletions = Object.values(truth.deleted.byActor).flatMap((operations) => Object.entries(operations))
const sent = sumOf(Object.values(truth.sent.byActor).flatMap((operations) => Object.values(operations)))
const gotIn = Object.keys(audit.byAddress).filter((ip) => (audit.byAddress[ip]?.success ?? 0) > 0)
/** A second factor was asked for, or not passed: what Microsoft's code says came after the first. */
const { 50074: askedFor = 0, 500121: notPassed = 0 } = audit.byOperation['UserLoginFailed'] ?? {}
const readsInSessions = bindsByPeople - (reads.ofIntruder.bySession['none']?.bindRecords ?? 0)
/** What the intruder failed at: nobody else comes from those addresses. */
const guesses = sumOf(Object.values(audit.byAddress).map((one) => (one.actors.includes('intruder') ? one.failure : 0)))
/** Of IPv6 the network is told from others: what stands behind `::` is a device. */
const networkOf = (pair: string) => pair.replace(/::[0-9a-f]+$/, '')
/** Each mailbox with each address or network that it was used from, once: by its sessions, and by the application that read Bob's mail without one. */
const firstUses = [
  ...Object.values(truth.sessions).flatMap(({ user, addresses }) => addresses.map((ip) => `${user} ${ip}`)),
  ...truth.intruder.addresses.filter(isOfApplication).map((ip) => `${truth.throttled[0]?.mailbox} ${ip}`),
].filter((pair, i, all) => all.findIndex((other) => networkOf(other) === networkOf(pair)) === i)
/** From an address known before: the truth has no clients. */
const firstClients = 5
const searchesBy = (key: 'ip' | 'text') => countsOf(truth.searches.list.map((search) => search[key]))

const overview: Record<string, Check> = {
  Events: is(truth.distinct.all - truth.logons.inBoth),
  'Failed logons': is(audit.outcomes.failure),
  'Addresses logged on from': is(gotIn.length),
  'Different searches': is(searchesBy('text').size),
  'By the intruder': is(truth.reads.byActor.intruder.messages),
  'Changes to look at': is(changes),
  'Alerts by Microsoft': is(byCategory['alert'] ?? 0),
  Categories: are('Category', 'Events', {
    ...byCategory,
    logon: audit.records + signIns.records - truth.logons.inBoth,
    delivery: truth.distinct.messageTrace,
  }),
  'What happened when, by category': sums('Events', truth.distinct.all - truth.logons.inBoth),
  Mailboxes: (rows) => {
    // A figure has the same name.
    expect(
      columnSum(
        rows.filter(({ Mailbox }) => Mailbox !== undefined),
        'Changes',
      ),
    ).toBe(changes)
    for (const [mailbox, { messages }] of Object.entries(reads.byMailbox)) {
      expect(rows).toContainEqual(expect.objectContaining({ Mailbox: mailbox, 'Messages opened': messages }))
    }
  },
  'Whose doing it was, over time': (rows) => {
    const all = truth.distinct.all - truth.logons.inBoth
    sums('Intruder', truth.intruder.records)(rows)
    expect(sumOf(['Intruder', 'Owner', 'Not known'].map((name) => columnSum(rows, name)))).toBe(all)
  },
  'What the intruder did': are('Category', 'Events', truth.intruder.byCategory),
  'First uses: addresses from which a mailbox’s own user came for the first time': (rows) => {
    const pairs = rows.map((row) => `${row['Mailbox']} ${row['Address']}`)
    expect(pairs.toSorted()).toEqual(firstUses.toSorted())
    for (const row of rows) expect(row['Country']).toBe(countryOf(String(row['Address'])))
    const intruders = rows.filter((row) => row['Whose'] === 'intruder').map((row) => row['Address'])
    expect(intruders.filter((ip) => !truth.intruder.addresses.includes(String(ip)))).toEqual([])
    expect(intruders).toHaveLength(firstUses.filter((pair) => isOfIntruder(pair.split(' ')[1])).length)
  },
  'Proven gaps: reads of a mailbox not logged': (rows) => {
    expect(rows.map(({ Mailbox, Times }) => [Mailbox, Times])).toEqual(
      truth.throttled.map(({ mailbox }) => [mailbox, 1]),
    )
    // The record that says so is the last one before: some seconds earlier.
    for (const [i, { from }] of truth.throttled.entries()) {
      const seconds = (Date.parse(from) - Date.parse(String(rows[i]?.['Last from']))) / 1000
      expect(Math.abs(seconds)).toBeLessThan(60)
    }
  },
  'Evidence coverage: events per kind of log and time': sumsBy('Log', 'Events', {
    'o365.audit': truth.distinct.audit,
    'azure.signinlogs': truth.distinct.signIns,
    'o365.messagetrace': truth.distinct.messageTrace,
  }),
}

const logons: Record<string, Check> = {
  Succeeded: is(audit.outcomes.success),
  Failed: is(audit.outcomes.failure),
  Unknown: is(audit.outcomes.unknown),
  'After first factor': is(askedFor + notPassed),
  'Stopped only after the first factor: whose password, or token, does somebody have?': sums(
    'Stopped',
    askedFor + notPassed,
  ),
  'Addresses that got in': is(gotIn.length),
  'Countries that got in': is(
    new Set(gotIn.map((ip) => truth.logons.countries[ip]).filter((code) => code !== undefined)).size,
  ),
  'Accounts tried': is(Object.values(audit.byUser).filter(({ failure }) => failure > 0).length),
  'Logons over time, by outcome': (rows) => {
    sums('Succeeded', audit.outcomes.success)(rows)
    sums('Failed', audit.outcomes.failure)(rows)
    sums('Unknown', audit.outcomes.unknown)(rows)
  },
  'Addresses and their clients: where from, since when, and did they get in': (rows) => {
    sumsBy(
      'Address',
      'Succeeded',
      mapValues(audit.byAddress, ({ success }) => success),
    )(rows)
    sumsBy(
      'Address',
      'Failed',
      mapValues(audit.byAddress, ({ failure }) => failure),
    )(rows)
    for (const [ip, { first, last }] of Object.entries(audit.byAddress)) {
      const own = rows.filter((row) => row['Address'] === ip)
      expect(own.map((row) => row['First seen']).sort()[0]).toBe(first)
      expect(
        own
          .map((row) => row['Last seen'])
          .sort()
          .at(-1),
      ).toBe(last)
      expect(new Set(own.map((row) => row['Country']))).toEqual(new Set([countryOf(ip)]))
    }
  },
  'Guessing: addresses by how many accounts they failed on': are(
    'Address',
    'Failures',
    where(mapValues(audit.byAddress, ({ failure }) => failure)),
  ),
  'Guessed at: accounts by failures, and when one last succeeded': (rows) => {
    are(
      'Account',
      'Failed',
      mapValues(audit.byUser, ({ failure }) => failure),
    )(rows)
    are(
      'Account',
      'Succeeded',
      mapValues(audit.byUser, ({ success }) => success),
    )(rows)
  },
  'Why logons did not succeed': sums('Records', audit.outcomes.failure + audit.outcomes.unknown),
  'Kinds of logon': (rows) => {
    const counts = rows.map((row) => [
      row['Operation'],
      sumOf(['Failed', 'Unknown', 'Succeeded'].map((name) => Number(row[name]))),
    ])
    expect(Object.fromEntries(counts)).toEqual(mapValues(audit.byOperation, (codes) => sumOf(Object.values(codes))))
  },
  'Protocols, as the sign-in log says': (rows) => {
    sums('Succeeded', signIns.outcomes.success)(rows)
    sums('Failed', signIns.outcomes.failure)(rows)
  },
  'Sessions, those used from most addresses and countries first': (rows) => {
    expect(rows.length).toBeGreaterThan(100)
    const addresses = rows.map((row) => [row['Session'], row['Addresses']])
    expect(addresses).toEqual(rows.map(({ Session }) => [Session, truth.sessions[String(Session)]?.addresses.length]))
  },
}

const searches: Record<string, Check> = {
  Searches: is(truth.searches.records),
  'Different searches': is(searchesBy('text').size),
  Addresses: is(searchesBy('ip').size),
  'By the intruder': is(truth.searches.byActor.intruder),
  'Not by the owner': is(truth.searches.records - truth.searches.byActor.owner),
  'Searches over time, by whose they are': (rows) => {
    sums('Intruder', truth.searches.byActor.intruder)(rows)
    sums('Owner', truth.searches.byActor.owner)(rows)
    sums('Not known', 0)(rows)
  },
  'Searches not by the owner: what for, and from where': (rows) => {
    const theirs = truth.searches.list.filter(({ actor }) => actor === 'intruder')
    are('Searched for', 'Intruder', Object.fromEntries(countsOf(theirs.map(({ text }) => text))))(rows)
  },
  'Sessions, those that searched most first, and what they opened: a click on one shows both in order, below': (
    rows,
  ) => {
    const searches = rows.map((row) => [String(row['Session']), Number(row['Searches'])] as const)
    const wanted = truth.searches.list.flatMap(({ session }) => session ?? [])
    expect(where(Object.fromEntries(searches))).toEqual(Object.fromEntries(countsOf(wanted)))
    for (const [session, { messages }] of Object.entries(reads.ofIntruder.bySession)) {
      const row = { Session: session, Whose: 'intruder', 'Messages opened': messages }
      if (wanted.includes(session)) expect(rows).toContainEqual(expect.objectContaining(row))
    }
  },
  'Logon proven by the session': is(truth.searches.list.filter(({ session }) => session !== undefined).length),
  'Logon inferred: nearest before': is(0),
  'Searches by address, and how that is known': are('Address', 'Searches', Object.fromEntries(searchesBy('ip'))),
  'Searches over time, by address': sumsBy('Address', 'Searches', Object.fromEntries(searchesBy('ip'))),
  'What was searched for': are('Searched for', 'Searches', Object.fromEntries(searchesBy('text'))),
  'Searches, and what people opened meanwhile': (rows) => {
    sums('Searches', truth.searches.records)(rows)
    sums('Reads', readsInSessions)(rows)
    sums('Attachments', byCategory['attachment'] ?? 0)(rows)
  },
}

const mailRead: Record<string, Check> = {
  // Each mailbox for itself, as the answers count: mails that are in two are two.
  'What the intruder read, by mailbox, and how sure that is': (rows) => {
    const { bindRecords, syncRecords } = reads.byActor.intruder
    sums('Records', bindRecords + syncRecords)(rows)
    sums('Sure', bindRecords + syncRecords)(rows)
    sums('Folder syncs', syncRecords)(rows)
    const sessions = Object.values(reads.ofIntruder.bySession)
    expect(columnSum(rows, 'Messages opened')).toBeGreaterThanOrEqual(reads.byActor.intruder.messages)
    expect(columnSum(rows, 'Messages opened')).toBeLessThanOrEqual(sumOf(sessions.map(({ messages }) => messages)))
  },
  'Messages opened': (rows) => {
    expect(rows[0]).toEqual({ 'Messages opened': reads.messages })
    expect(rows[2]).toEqual({ 'Messages opened': reads.byActor.intruder.messages })
  },
  'Records with a subject': (rows) => {
    expect(rows.map((row) => row['Records of opening'])).toEqual([reads.bindRecords])
    // A record names up to five mails, of which one may be known.
    expect(Number(rows[0]?.['Records with a subject'])).toBeGreaterThan(reads.subjectKnown)
    expect(Number(rows[0]?.['Records with a subject'])).toBeLessThan(reads.bindRecords)
  },
  'Folder syncs': (rows) => expect(rows.map((row) => row['Folder syncs'])).toEqual([reads.syncRecords, syncsByPeople]),
  'Throttled: reads not logged': is(reads.throttledRecords),
  'Attachments opened': is(sumOf(Object.values(truth.attachments.byActor))),
  'Access over time: records of messages opened (bind) and of folders downloaded (sync)': (rows) => {
    sums('By intruder', reads.byActor.intruder.bindRecords)(rows)
    sums('By others', reads.byActor.owner.bindRecords)(rows)
    sums('By services', reads.byActor.service.bindRecords)(rows)
    sums('Folders synced', reads.syncRecords)(rows)
  },
  'Messages: the first 1,000, those that people opened most often first': (rows) => {
    const opened = rows.map((row) => Number(row['By people']))
    expect(opened).toEqual(opened.toSorted((a, b) => b - a))
    expect(rows).toHaveLength(1000)
    expect(rows.filter(({ Subject }) => Subject !== null).length).toBeGreaterThan(100)
  },
  'Who opened how much, from where': sums('Records', reads.bindRecords + reads.syncRecords),
  'Sessions, those that opened most first': (rows) => {
    for (const [session, { messages, syncRecords }] of Object.entries(reads.ofIntruder.bySession)) {
      if (session === 'none') continue
      const row = { Session: session, 'Messages opened': messages, 'Folder syncs': syncRecords }
      expect(rows).toContainEqual(expect.objectContaining(row))
    }
  },
  'Folders: mail opened in them, and downloaded whole': (rows) => {
    const wanted = Object.fromEntries(countsOf(reads.ofIntruder.syncedFolders.map(({ folder }) => folder)))
    sumsBy('Folder', 'Syncs by the intruder', wanted)(rows.filter((row) => Number(row['Syncs by the intruder']) > 0))
    expect(columnSum(rows, 'Folder syncs')).toBe(reads.syncRecords)
  },
  'Applications: what each opened, and when it was let in': (rows) => {
    sums('Records', reads.bindRecords + reads.syncRecords)(rows)
    const { id, name } = truth.intruder.application
    const [consented] = truth.changes.consent
    const messages = reads.ofIntruder.bySession['none']?.messages
    const opened = { 'Messages opened': messages, 'By the intruder': messages }
    const row = { 'Application id': id, Application: name, ...opened, 'Let in': consented?.time }
    expect(rows).toContainEqual(expect.objectContaining(row))
    expect(rows.filter(({ Application }) => Application === null)).toEqual([])
  },
  'Clients, and the applications that used them': sums('Records', reads.bindRecords + reads.syncRecords),
}

const mailboxChanges: Record<string, Check> = {
  'Changes to rules': is(byCategory['rule'] ?? 0),
  'Changes to forwarding': is(byCategory['forward'] ?? 0),
  'Changes to permissions': is(byCategory['permission'] ?? 0),
  'Consents to applications': is(byCategory['consent'] ?? 0),
  'Passwords, factors, devices': is(byCategory['account'] ?? 0),
  'By the intruder': is(sumOf(changing.map((name) => truth.intruder.byCategory[name] ?? 0))),
  'Messages deleted': is(sumOf(deletions.map(([, { messages }]) => messages))),
  'Messages sent': is(sent),
  'Changes over time': sums('Changes', changes),
  // The intruder's forwarding and its copy for the whole tenant; and a rule of Carol's.
  'Where rules and forwarding send mail': are('Sent on to', 'Changes', {
    'archive.box@mailvault.example': 2,
    'bob@fabrikam.example': 1,
  }),
  'Deletions over time, by operation': (rows) => {
    const wanted: Record<string, number> = {}
    for (const [operation, { records }] of deletions) wanted[operation] = (wanted[operation] ?? 0) + records
    sumsBy('Operation', 'Deletions', wanted)(rows)
  },
  'Deletions by mailbox, user and address': (rows) => {
    sums('Records', sumOf(deletions.map(([, { records }]) => records)))(rows)
    sums('For good', sumOf(deletions.filter(([name]) => name === 'HardDelete').map(([, { records }]) => records)))(rows)
  },
}

const ingestHealth: Record<string, Check> = {
  Events: is(truth.distinct.all),
  'The newest': (rows) => expect(rows.map((row) => row['Newest event'])).toEqual([truth.last]),
  'Other operations': is(byCategory['other'] ?? 0),
  'Logs and sources: the newest event beside the last delivery shows the lag': (rows) => {
    const { audit, signIns, messageTrace } = truth.distinct
    const logs = { 'o365.audit': audit, 'azure.signinlogs': signIns, 'o365.messagetrace': messageTrace }
    sumsBy('Log', 'Events', logs)(rows)
    expect(rows.map((row) => row['First event']).sort()[0]).toBe(truth.first)
    expect(rows.map((row) => row['Last delivered'])).not.toContain(null)
  },
  'Deliveries over time, by source': sums('Events', truth.distinct.all),
  'Lag: when it happened (across) and when it was delivered (down)': sums('Events', truth.distinct.all),
}

/** What panels must show of the sample, by dashboard and title; and how many events the lists have, by title. */
export const facts: {
  readonly panels: Readonly<Record<string, Check>>
  readonly lists: Readonly<Record<string, number | undefined>>
} = {
  panels: Object.fromEntries(
    Object.entries({
      overview,
      logons,
      searches,
      'mail-read': mailRead,
      'mailbox-changes': mailboxChanges,
      'ingest-health': ingestHealth,
    }).flatMap(([id, checks]) =>
      Object.entries(checks).map(([title, check]) => [`hoofprint-${id}: ${title}`, check] as const),
    ),
  ),
  lists: {
    'What the intruder did, in order, without failed logons': truth.intruder.records - guesses,
    'New for this mailbox: first use of an address, network, country or client': firstUses.length + firstClients,
    'Look here first: changes that let mail out or somebody in, administration, and alerts':
      changes + (byCategory['alert'] ?? 0) + weighty,
    'Logons, newest first': audit.records,
    'What the sign-in log adds: application, factors, policy, risk, device': signIns.records,
    'Every search, newest first': truth.searches.records,
    'Searches and what people opened, in order':
      truth.searches.records + readsInSessions + (byCategory['attachment'] ?? 0),
    'Folders downloaded, and where the log stopped counting': syncsByPeople + reads.throttledRecords,
    'Attachments opened, newest first': byCategory['attachment'],
    'What Copilot was asked to read, newest first': byCategory['copilot'] ?? 0,
    'What was asked of Microsoft Graph about mail, newest first': 0,
    'Files used and shared by people, newest first': (byCategory['file'] ?? 0) + (byCategory['share'] ?? 0),
    'What people opened, newest first': bindsByPeople,
    'What the intruder opened, in order': reads.byActor.intruder.bindRecords,
    'Rules: what they look for and what they do': byCategory['rule'],
    'Forwarding of whole mailboxes': byCategory['forward'],
    'Permissions: who may open, or act for, a mailbox': byCategory['permission'],
    'Applications: consents, permissions granted, credentials': byCategory['consent'],
    'Second factors, passwords, devices': byCategory['account'],
    'Administration: roles, accounts, access policies, exports, ways out for mail, auditing': weighty,
    'What stood when somebody looked, as listed, and is to be looked at': 0,
    'Deletions, newest first': byCategory['delete'],
    'Mail sent, newest first': sent,
    'Message traces: what became of each mail, in and out, newest first': truth.distinct.messageTrace,
  },
}

function countryOf(ip: string): string | null {
  const code = truth.logons.countries[ip]
  return code === undefined ? null : (new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? null)
}

function is(value: number | string): Check {
  return (rows) => expect(rows.map((row) => Object.values(row))).toEqual([[value]])
}

function are(key: string, figure: string, wanted: Readonly<Record<string, number>>): Check {
  return (rows) => expect(Object.fromEntries(rows.map((row) => [row[key], row[figure]]))).toEqual(wanted)
}

function sums(figure: string, wanted: number): Check {
  return (rows) => expect(columnSum(rows, figure)).toBe(wanted)
}

function columnSum(rows: readonly LensRow[], figure: string): number {
  return sumOf(rows.map((row) => Number(row[figure])))
}

function isOfIntruder(ip: string | undefined): boolean {
  return ip !== undefined && truth.intruder.addresses.includes(ip)
}

/** Who reads with a token of its own logs on nowhere and is of no session. */
function isOfApplication(ip: string): boolean {
  const ofSessions = Object.values(truth.sessions).flatMap(({ addresses }) => addresses)
  return !ofSessions.includes(ip) && !(ip in audit.byAddress)
}

function sumsBy(key: string, figure: string, wanted: Readonly<Record<string, number>>): Check {
  return (rows) => {
    const groups = Map.groupBy(rows, (row) => String(row[key]))
    const found = [...groups].map(([name, own]) => [name, sumOf(own.map((row) => Number(row[figure])))])
    expect(Object.fromEntries(found)).toEqual(wanted)
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

function countsOf(values: readonly string[]): Map<string, number> {
  return new Map([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]))
}

function mapValues<V>(values: Readonly<Record<string, V>>, toNumber: (value: V) => number): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, toNumber(value)]))
}

function where(values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value > 0))
}
