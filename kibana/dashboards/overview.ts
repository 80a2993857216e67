import type { Dashboard } from '../dashboard.ts'
import { row, wide } from '../dashboard.ts'
import {
  and,
  byIntruder,
  byPeople,
  changes,
  failed,
  from,
  happened,
  logons,
  mailActivity,
  openings,
  searches,
  succeeded,
  sure,
  throttled,
  weighty,
} from '../kql.ts'
import { count, earliest, latest, newest, terms, time, unique } from '../panels/column.ts'
import { events } from '../panels/events.ts'
import { markdown } from '../panels/markdown.ts'
import { bars, heatMap, metric, table } from '../panels/shapes.ts'
import { aboutMarks, coloursOfWhose, howMuchOfStory, whose } from '../whose.ts'

const everything = 'hoofprint.category: *'
const oneLogon = 'A logon that the audit log and the sign-in log hold counts once.'

/** With room for all that there are. */
const category = terms('hoofprint.category', 'Category', { size: 50, by: 'Events' })

/** What there is, and where to look first. */
export const overview: Dashboard = {
  id: 'hoofprint-overview',
  title: 'Overview',
  description: 'What happened when in these mailboxes, how much evidence there is, and where to look first.',
  rows: [
    // Kibana begins with the last 15 minutes, in which nothing is of most evidence.
    row(
      4,
      markdown(
        '**Nothing here?** Choose above the time that the evidence is of: `hoofprint import` and `hoofprint report` print it; the links keep it. **No intruder?** `hoofprint mark` says what is theirs; then publish again. **Times** are in your browser’s zone until `dateFormat:tz` says UTC, as the report does.',
      ),
    ),
    row(
      5,
      metric(count('Events'), happened, 'what both logs have is one'),
      metric(unique('hoofprint.mailbox', 'Mailboxes'), mailActivity),
      metric(count('Failed logons'), and(logons, failed)),
      metric(unique('source.ip', 'Addresses logged on from'), and(logons, succeeded)),
      metric(unique('hoofprint.search.query', 'Different searches'), searches),
      metric(unique('email.message_id', 'Messages opened by people'), and(openings, byPeople), 'different ids'),
      metric(unique('email.message_id', 'By the intruder'), and(openings, byIntruder), 'opened, different ids'),
      metric(count('Changes to look at'), changes),
      metric(count('Alerts by Microsoft'), 'hoofprint.category: alert', 'records, several of one'),
    ),
    wide(
      14,
      27,
      bars({
        title: 'What happened when, by category',
        description: oneLogon,
        filter: happened,
        columns: [category, time(), count('Events')],
      }),
      table({
        title: 'Categories',
        description: oneLogon,
        filter: happened,
        columns: [category, count('Events'), earliest('First'), latest('Last')],
      }),
    ),
    wide(
      13,
      22,
      bars(
        {
          title: 'Whose doing it was, over time',
          description: aboutMarks,
          filter: happened,
          columns: [time(), ...whose],
        },
        { colours: coloursOfWhose },
      ),
      table({
        title: 'What the intruder did',
        description: aboutMarks,
        filter: and(happened, byIntruder),
        columns: [category, count('Events'), count('Inferred', `not ${sure}`), earliest('First'), latest('Last')],
      }),
    ),
    row(
      16,
      events({
        name: 'intruder-events',
        title: 'What the intruder did, in order, without failed logons',
        description: `${howMuchOfStory} ${aboutMarks}`,
        filter: `${and(happened, byIntruder)} and not (hoofprint.category: logon and ${failed})`,
        columns: {
          ...{ 'hoofprint.category': 95, 'event.action': 165, 'hoofprint.mailbox': 175, [from]: 130 },
          'hoofprint.actor_certainty': 95,
          ...{ 'hoofprint.search.query': 160, 'email.subject': undefined, 'hoofprint.summary': 190 },
          ...{ 'email.to.address': 180, 'file.name': 150, 'hoofprint.request': 130, 'hoofprint.folder': 100 },
          'event.outcome': 90,
        },
        oldestFirst: true,
      }),
    ),
    row(
      18,
      events({
        name: 'first-look',
        title: 'Look here first: changes that let mail out or somebody in, administration, and alerts',
        description: 'In the order in which they happened. Owners and administrators make such changes too.',
        filter: `(${changes}) or hoofprint.category: alert or (${weighty})`,
        columns: {
          'hoofprint.category': 95,
          'event.action': 150,
          'hoofprint.summary': undefined,
          'hoofprint.actor': 80,
          'hoofprint.mailbox': 150,
          'user.id': 150,
          'source.ip': 130,
        },
        oldestFirst: true,
        wraps: true,
      }),
    ),
    row(
      11,
      markdown(
        [
          '1. **Addresses** (below): failures from one address on many accounts are guessing; a success from there is a way in.',
          '2. **Logons** (a link on top): an address, network, country or client that is new for a mailbox, a session in two countries, a right password that a second factor stopped, a device code.',
          '3. **Changes** (above): a rule with a short name that moves or deletes mail, forwarding to another domain, a new permission, consent, role or second factor, auditing switched off.',
          '4. **Searches** and **Mail read** (links on top): put a suspicious address or session into the search bar: `hoofprint.from.address: "203.0.113.45"` or `hoofprint.session.id: "…"`.',
          '5. **Mark** what is theirs (`hoofprint mark --hostile …`), publish again, and choose `intruder` under **Whose** above.',
          '6. **Coverage** (below): where there is no evidence, nothing is proven either way.',
          '7. **Numbers** of different things (messages, searches, addresses) are near beyond 3,000, not exact: `hoofprint answer` counts each.',
        ].join('\n'),
        'Where to look',
      ),
    ),
    row(
      13,
      table({
        title: 'Addresses, most failed logons first: did one of them get in?',
        filter: `${logons} and source.ip: *`,
        columns: [
          terms('source.ip', 'Address', { size: 100, by: 'Failed' }),
          count('Failed', failed),
          count('Succeeded', succeeded),
          unique('user.email', 'Accounts'),
          ...[earliest('First'), latest('Last')],
          newest('source.geo.country_name', 'Country'),
          newest('source.as.organization.name', 'Network (AS)'),
          newest('hoofprint.actor', 'Whose'),
        ],
      }),
    ),
    row(
      11,
      table({
        title: 'Mailboxes',
        filter: `(${mailActivity}) or (${changes})`,
        columns: [
          terms('hoofprint.mailbox', 'Mailbox', { size: 100, by: 'Events' }),
          count('Events'),
          unique(from, 'Addresses'),
          count('Searches', searches),
          unique('email.message_id', 'Messages opened', openings),
          count('Deletions', 'hoofprint.category: delete'),
          count('Changes', changes),
        ],
      }),
    ),
    row(
      13,
      table({
        title: 'First uses: addresses from which a mailbox’s own user came for the first time',
        description:
          'The first in this evidence, failures and services left out. At its beginning everything is new, and owners travel too.',
        filter: 'hoofprint.first_seen: ip',
        columns: [
          terms('hoofprint.mailbox', 'Mailbox', { size: 100, by: 'First use' }),
          terms('source.ip', 'Address', { size: 100, by: 'First use' }),
          latest('First use'),
          newest('source.geo.country_name', 'Country'),
          newest('source.as.organization.name', 'Network (AS)'),
          newest('user_agent.original', 'User agent'),
          newest('event.action', 'Operation'),
          newest('hoofprint.actor', 'Whose'),
        ],
      }),
    ),
    row(
      8,
      table({
        title: 'Proven gaps: reads of a mailbox not logged',
        description:
          'After 1,000 records in a day Microsoft writes none of a mailbox’s reads for up to 24 hours. Others’ reading makes gaps too: look with nothing chosen under Whose, nor brought along as a filter. Exports cut off and days that nobody asked for stand in the report, under coverage.',
        filter: throttled,
        columns: [
          terms('hoofprint.mailbox', 'Mailbox', { size: 50, by: 'Times' }),
          latest('Last from'),
          count('Times'),
          newest(from, 'Newest address'),
          newest('hoofprint.client.name', 'Client'),
          newest('hoofprint.actor', 'Whose'),
        ],
      }),
    ),
    row(
      14,
      heatMap({
        title: 'Evidence coverage: events per mailbox and time',
        description:
          'Narrow the time to see hours. An empty cell says that the evidence has no record, not that nothing happened.',
        filter: mailActivity,
        columns: [time(), terms('hoofprint.mailbox', 'Mailbox', { size: 20, by: 'Events' }), count('Events')],
      }),
      heatMap({
        title: 'Evidence coverage: events per kind of log and time',
        description:
          'A kind of log that stops, or starts late, is evidence that was not asked for or that nobody keeps any more.',
        filter: everything,
        columns: [time(), terms('data_stream.dataset', 'Log', { size: 10, by: 'Events' }), count('Events')],
      }),
    ),
  ],
}
