import type { Dashboard } from '../dashboard.ts'
import { row, wide } from '../dashboard.ts'
import { and, attachments, bind, byPeople, searches } from '../kql.ts'
import { count, earliest, latest, terms, time, unique } from '../panels/column.ts'
import { events } from '../panels/events.ts'
import { markdown } from '../panels/markdown.ts'
import { bars, metric, table } from '../panels/shapes.ts'

/** What they looked for. */
export const searchDashboard: Dashboard = {
  id: 'hoofprint-searches',
  title: 'Searches',
  description: 'Every search that the evidence holds, in mailboxes and in SharePoint, with where it came from.',
  rows: [
    row(
      5,
      metric(count('Searches'), searches),
      metric(unique('hoofprint.search.query', 'Different searches'), searches),
      metric(unique('hoofprint.mailbox', 'Mailboxes or users'), searches),
      metric(unique('source.ip', 'Addresses, as recorded'), searches),
      metric(count('Logon proven by the session'), and(searches, 'hoofprint.logon.method: session')),
      metric(count('Logon inferred: nearest before'), and(searches, 'hoofprint.logon.method: nearest')),
    ),
    wide(
      14,
      30,
      bars({
        title: 'Searches over time, by recorded address',
        filter: searches,
        columns: [terms('source.ip', 'Address', { size: 10, by: 'Searches', rest: true }), time(), count('Searches')],
      }),
      table({
        title: 'Searches by recorded address',
        filter: `${searches} and source.ip: *`,
        columns: [
          terms('source.ip', 'Address', { size: 100, by: 'Searches' }),
          count('Searches'),
          unique('user.email', 'Users'),
          latest('Last'),
        ],
      }),
    ),
    wide(
      16,
      28,
      table({
        title: 'What was searched for',
        filter: `${searches} and hoofprint.search.query: *`,
        columns: [
          terms('hoofprint.search.query', 'Searched for', { size: 500, by: 'Searches' }),
          count('Searches'),
          unique('hoofprint.mailbox', 'Mailboxes'),
          unique('source.ip', 'Addresses'),
          earliest('First'),
          latest('Last'),
        ],
      }),
      bars(
        {
          title: 'Searches by logon address, and how the logon was found',
          description:
            'session: the search and the logon share a session. nearest: the last logon before it, which may be somebody else’s.',
          filter: `${searches} and hoofprint.logon.ip: *`,
          columns: [
            terms('hoofprint.logon.method', 'Logon found by', { size: 2, by: 'Searches' }),
            terms('hoofprint.logon.ip', 'Logon address', { size: 15, by: 'Searches' }),
            count('Searches'),
          ],
        },
        { flat: true, splitFirst: true },
      ),
    ),
    row(
      18,
      events({
        name: 'search-events',
        title: 'Every search, newest first',
        filter: searches,
        columns: {
          ...{ 'hoofprint.search.query': undefined, 'hoofprint.mailbox': 200, 'user.id': 200, 'source.ip': 140 },
          ...{ 'source.geo.country_name': 110, 'hoofprint.logon.ip': 140, 'hoofprint.logon.method': 110 },
          ...{ 'event.action': 220, 'session.id': 290 },
        },
      }),
    ),
    wide(
      14,
      32,
      bars(
        {
          title: 'Searches, and what people opened meanwhile',
          description: 'Narrow the time to minutes to see what was opened after a search.',
          filter: `${searches} or ${attachments} or (${and(bind, byPeople)})`,
          columns: [time(), count('Searches', searches), count('Reads', bind), count('Attachments', attachments)],
        },
        { colours: { Searches: '#9170B8', Reads: '#6092C0', Attachments: '#E7664C' } },
      ),
      markdown(
        [
          'Searches are logged only with an audit licence that covers them: that there are none proves nothing.',
          '',
          '**Recorded address** stands in the record. **Logon address** comes from the logon of the same session (`session`, proven) or, where there is none, from the nearest logon before (`nearest`, inferred).',
          '',
          'Some records of old mailboxes hold each key stroke: what was typed so far.',
        ].join('\n'),
        'What this proves',
      ),
    ),
    row(
      18,
      events({
        name: 'search-then-read',
        title: 'Searches and what people opened, in order',
        filter: `${searches} or ${attachments} or (${and(bind, byPeople)})`,
        columns: {
          ...{ 'hoofprint.category': 100, 'hoofprint.search.query': 220, 'email.subject': undefined },
          ...{ 'hoofprint.mailbox': 200, 'user.id': 200, 'source.ip': 140, 'session.id': 290 },
        },
        oldestFirst: true,
      }),
    ),
  ],
}
