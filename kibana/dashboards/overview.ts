import type { Dashboard } from '../dashboard.ts'
import { row, wide } from '../dashboard.ts'
import { and, bind, byPeople, changes, failed, logons, mailActivity, searches, succeeded } from '../kql.ts'
import { count, earliest, latest, terms, time, unique } from '../panels/column.ts'
import { events } from '../panels/events.ts'
import { markdown } from '../panels/markdown.ts'
import { bars, heatMap, metric, table } from '../panels/shapes.ts'

const everything = 'hoofprint.category: *'

/** What there is, and where to look first. */
export const overview: Dashboard = {
  id: 'hoofprint-overview',
  title: 'Overview',
  description: 'What happened when in these mailboxes, how much evidence there is, and where to look first.',
  since: 'now-1y',
  rows: [
    row(
      5,
      metric(count('Events'), everything),
      metric(unique('hoofprint.mailbox', 'Mailboxes'), mailActivity),
      metric(count('Failed logons'), and(logons, failed)),
      metric(unique('source.ip', 'Addresses logged on from'), and(logons, succeeded)),
      metric(unique('hoofprint.search.query', 'Different searches'), searches),
      metric(unique('email.message_id', 'Messages opened by people'), and(bind, byPeople)),
      metric(count('Changes to look at'), changes),
      metric(count('Alerts by Microsoft'), 'hoofprint.category: alert'),
    ),
    wide(
      14,
      31,
      bars({
        title: 'What happened when, by category',
        filter: everything,
        columns: [terms('hoofprint.category', 'Category', { size: 20, by: 'Events' }), time(), count('Events')],
      }),
      table({
        title: 'Categories',
        filter: everything,
        columns: [
          terms('hoofprint.category', 'Category', { size: 20, by: 'Events' }),
          count('Events'),
          earliest('First'),
          latest('Last'),
        ],
      }),
    ),
    wide(
      14,
      34,
      events({
        name: 'first-look',
        title: 'Look here first: changes that let mail out or somebody in, and alerts',
        description: 'In the order in which they happened. Owners and administrators make such changes too.',
        filter: `${changes} or hoofprint.category: alert`,
        columns: {
          ...{ 'hoofprint.category': 95, 'event.action': 190, 'rule.name': 130, 'email.to.address': 170 },
          ...{ 'hoofprint.mailbox': 175, 'user.id': 175, 'source.ip': undefined },
        },
        oldestFirst: true,
      }),
      markdown(
        [
          '1. **Addresses** (below): failures from one address on many accounts are guessing; a success from there is a way in.',
          '2. **[Logons](#/view/hoofprint-logons)**: a country, network or client that the owner never used, a session in two countries.',
          '3. **Changes** (left): a rule with a short name that moves or deletes, forwarding to another domain, a new permission, consent or second factor.',
          '4. **[Searches](#/view/hoofprint-searches)** and **[Mail read](#/view/hoofprint-mail-read)**: put the suspicious address or session into the search bar: `source.ip: 203.0.113.45` or `session.id: "…"`.',
          '5. **Coverage** (below): where there is no evidence, nothing is proven either way.',
        ].join('\n'),
        'Where to look',
      ),
    ),
    wide(
      13,
      24,
      table({
        title: 'Addresses, most failed logons first: did one of them get in?',
        filter: `${logons} and source.ip: *`,
        columns: [
          terms('source.ip', 'Address', { size: 100, by: 'Failed' }),
          count('Failed', failed),
          count('Succeeded', succeeded),
          unique('user.email', 'Accounts'),
          earliest('First'),
          latest('Last'),
        ],
      }),
      table({
        title: 'Mailboxes',
        filter: mailActivity,
        columns: [
          terms('hoofprint.mailbox', 'Mailbox', { size: 100, by: 'Events' }),
          count('Events'),
          unique('source.ip', 'Addresses'),
          count('Searches', searches),
          unique('email.message_id', 'Messages opened', bind),
          count('Deletions', 'hoofprint.category: delete'),
          count('Changes', changes),
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
