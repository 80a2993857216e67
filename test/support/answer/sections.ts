import { microsoftsApplications } from '#src/microsoft/applications.ts'
import { combinations } from './ask.ts'
import * as docs from './documents.ts'
import {
  all,
  any,
  count,
  different,
  either,
  extreme,
  has,
  is,
  named,
  not,
  pairs,
  type Query,
  tally,
  valueCount,
} from './figure.ts'
import { factFigures, readFigures, sessionExempt, sessionFigures } from './finding-figures.ts'
import { lines } from './numbers.ts'
import type { Facts, SectionSearch } from './section.ts'
import { unusual } from './unusual.ts'

const addresses: SectionSearch = {
  key: ({ ip }) => String(ip),
  async findings(asked) {
    const ofAll = docs.doneFrom.map(([field, where]) =>
      combinations(asked, [docs.of(asked), not(docs.category('delivery')), where, has(field)], [field]),
    )
    return [...new Set((await Promise.all(ofAll)).flat(2))]
  },
  figures({ ip }, asked) {
    const logons = [docs.once, docs.category('logon')]
    return {
      of: all(docs.of(asked), not(docs.category('delivery')), docs.from(String(ip))),
      figures: {
        at: extreme('min', '@timestamp'),
        last: extreme('max', '@timestamp'),
        activities: count(docs.once),
        succeeded: count(...logons, is('event.outcome', 'success')),
        failed: count(...logons, is('event.outcome', 'failure')),
        unknown: count(...logons, is('event.outcome', 'unknown')),
        accepted: count(docs.once, has('hoofprint.first_factor')),
        password: count(is('hoofprint.first_factor', 'password')),
        deviceCode: count(docs.deviceCode),
        broughtFactor: count(is('hoofprint.second_factor', 'token')),
        shownFactor: count(has('hoofprint.second_factor'), not(is('hoofprint.second_factor', 'token'))),
        sessions: different(['hoofprint.session.id']),
        users: different(...docs.users),
        agents: different(['user_agent.original', not(docs.service)]),
        factorMethods: different(['hoofprint.second_factor', not(is('hoofprint.second_factor', 'token'))]),
      },
    }
  },
  said: lines(
    /: (?<activities>[\d,]+) activit(?:y|ies); (?<succeeded>[\d,]+) logons? succeeded, (?<failed>[\d,]+) failed(?:, (?<unknown>[\d,]+) neither)?(?:; (?<deviceCode>[\d,]+) by device code or with its token)?(?:; (?<accepted>[\d,]+) stopped only after the first factor(?:, (?<password>[\d,]+) of them by a password that was right)?)?(?:; second factor (?:of (?<broughtFactor>[\d,]+) by a claim in the token, so that nobody was asked for one then)?(?:, )?(?:of (?<shownFactor>[\d,]+) by [^;]+)?)?; (?<sessions>[\d,]+) sessions?; (?:(?<users>\d+) users)?/,
    {
      activities: 0,
      succeeded: 0,
      failed: 0,
      unknown: 1,
      accepted: 1,
      password: 1,
      deviceCode: 1,
      broughtFactor: 1,
      shownFactor: 1,
      sessions: 0,
      users: 4,
    },
  ),
}

/** Whose account it was: his who did it, and where no record names him, the mailbox's. */
const accounts: typeof docs.users = [
  ...docs.users,
  [
    'hoofprint.mailbox',
    not(any(has('user.id'), has('user.email'), has('azure.signinlogs.properties.service_principal_name'))),
  ],
]

const users: SectionSearch = {
  key: ({ user }) => String(user),
  async findings(asked) {
    const ofAll = accounts.map(([field, ...where]) =>
      combinations(asked, [docs.of(asked), not(docs.category('delivery', 'alert')), ...where, has(field)], [field]),
    )
    return [...new Set((await Promise.all(ofAll)).flat(2).map((name) => name.toLowerCase()))]
  },
  figures({ user }, asked) {
    const name = String(user)
    const own = accounts.map(([field, ...where]) => all(named(field, name), ...where))
    const logons = [docs.once, docs.category('logon')]
    const tried = all(docs.category('logon'), not(is('event.outcome', 'success')))
    return {
      of: all(docs.of(asked), not(docs.category('delivery', 'alert')), any(...own)),
      figures: {
        at: extreme('min', '@timestamp'),
        last: extreme('max', '@timestamp'),
        activities: count(docs.once),
        inferred: count(
          ...[docs.once, is('hoofprint.actor', 'intruder'), is('hoofprint.actor_certainty', 'inferred')],
          not(any(is('event.outcome', 'failure'), tried)),
        ),
        usedFrom: extreme('min', '@timestamp', not(any(is('event.outcome', 'failure'), tried))),
        usedUntil: extreme('max', '@timestamp', not(any(is('event.outcome', 'failure'), tried))),
        uses: count(docs.once, not(any(is('event.outcome', 'failure'), tried))),
        succeeded: count(...logons, is('event.outcome', 'success')),
        failed: count(...logons, is('event.outcome', 'failure')),
        unknown: count(...logons, is('event.outcome', 'unknown')),
        accepted: count(docs.once, has('hoofprint.first_factor')),
        password: count(is('hoofprint.first_factor', 'password')),
        addresses: different(...docs.doneFrom.map(([field, where]) => [field, where, has(field)] as const)),
        others: different(['hoofprint.mailbox', not(named('hoofprint.mailbox', name))]),
      },
    }
  },
  said: lines(
    /: (?:used .{16}(?: – .{16})?: (?<uses>[\d,]+) activit(?:y|ies)(?: \((?<inferred>[\d,]+) of these only inferred\))?; |no more than tried: )(?<succeeded>[\d,]+) logons? succeeded, (?<failed>[\d,]+) failed(?:, (?<unknown>[\d,]+) neither)?/,
    ({ uses }) => ({ ...(uses !== 0 && { uses: 0, inferred: 1 }), succeeded: 0, failed: 0, unknown: 1 }),
  ),
}

const sessions: SectionSearch = {
  key: ({ session }) => String(session),
  findings: async (asked) =>
    (await combinations(asked, [docs.of(asked), has('hoofprint.session.id')], ['hoofprint.session.id'])).flat(),
  figures: sessionFigures,
  exempt: sessionExempt,
  said: { read: categoriesIn, least: { categories: 0 } },
}

/** `…: logon 5, read 12` as facts. */
function categoriesIn(text: string): Record<string, string> {
  const did = text.slice(text.lastIndexOf(': ') + 2).split(', ')
  return Object.fromEntries(did.map((one) => one.split(' ')).map(([name, times = '']) => [`categories.${name}`, times]))
}

/** What was done in the session of a search, else from its address in its mailbox. */
function sameHand({ session, mailbox, ip }: Facts): Query {
  return session === null
    ? all(not(has('hoofprint.session.id')), is('hoofprint.mailbox', String(mailbox)), docs.from(String(ip)))
    : is('hoofprint.session.id', String(session))
}

const searches: SectionSearch = {
  ...factSection(all(docs.searching, not(docs.typing))),
  unlisted: {
    which: ({ operation }) => /^SearchSuggestions?Display$/.test(String(operation)),
    why: 'key strokes that came to no search are one finding, and which these are depends on what was typed next',
  },
  sums: { typed: docs.typing },
  figures(facts, _asked, before) {
    const { id, at, query, session, mailbox, ip } = facts
    const same = (other: Facts) =>
      session === null
        ? other['session'] === null && other['mailbox'] === mailbox && other['ip'] === ip
        : other['session'] === session
    const since = before.findLast(same)?.['at'] ?? '1970-01-01'
    const begins = Array.from({ length: String(query).length }, (_, i) => String(query).slice(0, i + 1))
    const typed = [docs.typing, sameHand(facts), is('hoofprint.search.query', ...begins)]
    const found =
      session === null ? [docs.from(String(ip)), is('hoofprint.mailbox', String(mailbox))] : [sameHand(facts)]
    const soon = [docs.reading, ...found, { range: { '@timestamp': { gt: at, lte: `${at}||+10m` } } } as Query]
    const span = { range: { '@timestamp': { gt: String(since), lte: String(at) } } }
    return {
      figures: {
        ...factFigures(is('event.id', String(id))),
        typed: count(...typed, span),
        read: different(...docs.mailNames.map(([field, ...where]) => [field, ...where, ...soon] as const)),
      },
    }
  },
  said: lines(/(?:: (?<read>[\d,]+) mails? read within ten minutes)? \([^()]*\)$/, { read: 1 }),
}

const mails: SectionSearch = {
  key: ({ mailbox, item }) => `${mailbox} ${item}`,
  async findings(asked) {
    const named = docs.mailNames.map(([field, ...where]) =>
      combinations(asked, [docs.of(asked), docs.reading, ...where, has(field)], ['hoofprint.mailbox', field]),
    )
    return (await Promise.all(named)).flat().map((parts) => parts.join(' '))
  },
  figures({ mailbox, item }, asked) {
    const ways = docs.mailNames.map(([field, ...where]) => all(is(field, String(item)), ...where))
    return readFigures(docs.of(asked), docs.reading, is('hoofprint.mailbox', String(mailbox)), {
      bool: { should: ways },
    })
  },
  said: lines(/(?:accessed|displayed) (?<times>[\d,]+) times?(?:, [^()]*)? \([^()]*\)$/, { times: 0 }),
}

const folders: SectionSearch = {
  key: ({ mailbox, folder }) => `${mailbox} ${folder}`,
  findings: async (asked) =>
    (await combinations(asked, [docs.of(asked), docs.copying], ['hoofprint.mailbox', docs.folderPath])).map((parts) =>
      parts.join(' '),
    ),
  figures: ({ mailbox, folder }, asked) =>
    readFigures(
      docs.of(asked),
      docs.copying,
      is('hoofprint.mailbox', String(mailbox)),
      is(docs.folderPath, String(folder)),
    ),
  said: lines(/synchronized (?<times>[\d,]+) times?(?:, [^()]*)? \([^()]*\)$/, { times: 0 }),
}

const copilot: SectionSearch = {
  key: ({ user, ip }) => `${user} ${ip}`,
  async findings(asked) {
    const by = ['user.id', 'source.ip']
    return (await combinations(asked, [docs.of(asked), docs.category('copilot')], by)).map((parts) => parts.join(' '))
  },
  figures: ({ user, ip }, asked) => ({
    of: all(docs.of(asked), docs.category('copilot'), is('user.id', String(user)), is('source.ip', String(ip))),
    figures: {
      at: extreme('min', '@timestamp'),
      last: extreme('max', '@timestamp'),
      interactions: count(),
      resources: different(['hoofprint.copilot.resources']),
      hosts: different(['hoofprint.copilot.host']),
    },
  }),
  said: lines(/: (?<interactions>[\d,]+) interactions?.*, naming (?<resources>\d+) resource/, {
    interactions: 0,
    resources: 0,
  }),
}

const consents = docs.category('consent')
const withdrawing = any(
  ...['remove', 'revoke', 'delete', 'hard delete', 'disable'].map((value) => ({
    prefix: { 'event.action': { value, case_insensitive: true } },
  })),
)
const changing = is(
  'event.action',
  'Update service principal.',
  'Update application.',
  'Set-ServicePrincipal',
  'Set-App',
)
const publisher = is('event.action', 'Set verified publisher.', 'Unset verified publisher.')
const enabled = (value: string) => is('o365.audit.ModifiedProperties.AccountEnabled.NewValue', value)
const [opened, closed] = [enabled('[true]'), enabled('[false]')]
const neither = any(changing, publisher)
const lettingIn = all(consents, not(withdrawing), any(not(neither), opened))
const withdrawn = all(consents, any(withdrawing, all(neither, closed)))
const asked = (kind: string): Query => ({ wildcard: { 'hoofprint.request': kind } })
const answered = (...kinds: string[]) => all(is('hoofprint.request', ...kinds), is('event.outcome', 'success'))

const ofMail = any(docs.category('read', 'attachment', 'send', 'delete', 'move'), asked('*mail*'))

const applications: SectionSearch = {
  key: ({ application }) => String(application),
  async findings(of) {
    const isOthers = not(is('hoofprint.application.id', ...microsoftsApplications))
    const wanted = any(ofMail, all(isOthers, not(docs.category('admin'))))
    const named = has('hoofprint.application.id')
    return (await combinations(of, [docs.of(of), wanted, named], ['hoofprint.application.id'])).flat()
  },
  figures({ application }, of) {
    const did = not(consents)
    return {
      of: all(docs.of(of), is('hoofprint.application.id', String(application))),
      figures: {
        first: either(extreme('min', '@timestamp', did), extreme('min', '@timestamp')),
        last: either(extreme('max', '@timestamp', did), extreme('max', '@timestamp')),
        activities: count(docs.once, did),
        mailboxTotal: different(['hoofprint.mailbox', ofMail]),
        mailboxes: different(['hoofprint.mailbox', ofMail]),
        reads: either(valueCount('email.message_id', docs.reading), count(docs.reading)),
        mails: pairs('hoofprint.mailbox', 'email.message_id', docs.reading),
        folders: pairs('hoofprint.mailbox', docs.folderPath, docs.copying),
        sent: count(is('event.action', 'Send', 'SendAs', 'SendOnBehalf'), not(is('event.outcome', 'failure'))),
        requestedMails: different(['email.local_id', answered('open mail')]),
        requestedLists: count(answered('list mails', 'search mails')),
        requestedSendings: count(asked('send mail'), not(is('event.outcome', 'failure'))),
        consents: count(lettingIn),
        consented: extreme('min', '@timestamp', lettingIn),
        consenters: different(['hoofprint.mailbox', lettingIn]),
        withdrawn: extreme('min', '@timestamp', withdrawn),
        withdrawers: different(['hoofprint.mailbox', withdrawn]),
        active: extreme('max', '@timestamp', all(did, not(is('event.outcome', 'failure')))),
        actors: tally('hoofprint.actor', docs.once),
      },
    }
  },
  said: {
    read: (text) => ({
      mails: /read ([\d,]+) mail/.exec(text)?.[1],
      folders: /copied ([\d,]+) folder/.exec(text)?.[1],
      sent: /sent ([\d,]+) mail/.exec(text)?.[1],
    }),
    least: { mails: 1, folders: 1, sent: 1 },
  },
}

/** Findings that are documents, one each. */
function factSection(where: Query): SectionSearch {
  return {
    key: ({ id }) => String(id),
    findings: async (asked) => (await combinations(asked, [docs.of(asked), where], ['event.id'])).flat(),
    figures: ({ id }) => ({ of: is('event.id', String(id)), figures: factFigures() }),
    said: lines(/ \((?<mails>\d+) mails\)/, { mails: 2 }),
  }
}

/** Of one alert counts the record that says it was raised: what it names, and each change of its state, has one of its own. */
const alert = factSection(all(docs.category('alert'), not(is('event.action', 'AlertEntityGenerated', 'AlertUpdated'))))
const alerts: SectionSearch = { ...alert, findings: (asked) => alert.findings({ ...asked, whose: 'everybody' }) }

/** Every section that there may be. */
export const sectionSearches: Readonly<Record<string, SectionSearch>> = {
  unusual,
  addresses,
  users,
  sessions,
  searches,
  mails,
  folders,
  applications,
  copilot,
  ...Object.fromEntries(
    Object.entries({
      sent: docs.category('send'),
      attachments: docs.category('attachment'),
      deleted: docs.category('delete'),
      moved: docs.category('move'),
      rules: docs.category('rule'),
      forwarding: docs.sendingOn,
      permissions: docs.givingAccess,
      consents: docs.category('consent'),
      accounts: docs.category('account'),
      administration: docs.category('admin'),
      exports: docs.exporting,
      files: docs.category('file'),
      shared: docs.category('share'),
      requests: docs.category('request'),
    }).map(([name, where]) => [name, factSection(where)]),
  ),
  alerts,
  else: factSection(docs.elsewhere()),
}
