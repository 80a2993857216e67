import type { Dashboard } from '../dashboard.ts'
import { row, wide } from '../dashboard.ts'
import { and, attachments, byIntruder, byOwner, byPeople, from, keyStrokes, openings, searches } from '../kql.ts'
import { count, earliest, latest, newest, terms, time, unique } from '../panels/column.ts'
import { events } from '../panels/events.ts'
import { markdown } from '../panels/markdown.ts'
import { bars, metric, table } from '../panels/shapes.ts'
import { aboutMarks, coloursOfWhose, whose } from '../whose.ts'

/** Searches, and what may have been found by them: in sessions, for an application that reads without one searches nothing. */
const searchedAndRead = `(${searches}) or ((${attachments} or (${and(openings, byPeople)})) and hoofprint.session.id: *)`

/** What they looked for. */
export const searchDashboard: Dashboard = {
  id: 'hoofprint-searches',
  title: 'Searches',
  description: 'Every search that the evidence holds, in mailboxes and in SharePoint, with where it came from.',
  rows: [
    row(
      5,
      metric(count('Searches'), searches),
      metric(count('Key strokes before them'), keyStrokes, 'mailboxes of 2018'),
      metric(count('By the intruder'), and(searches, byIntruder), 'as marked'),
      metric(count('Not by the owner'), `${searches} and not ${byOwner}`, 'or not known whose'),
      metric(unique('hoofprint.search.query', 'Different searches'), searches),
      metric(unique('hoofprint.mailbox', 'Mailboxes or users'), searches),
      metric(unique(from, 'Addresses'), searches, 'recorded, or of the logon'),
      metric(count('Logon proven by the session'), and(searches, 'hoofprint.logon.method: session')),
      metric(count('Logon inferred: nearest before'), and(searches, 'hoofprint.logon.method: nearest')),
    ),
    wide(
      14,
      26,
      bars({
        title: 'Searches over time, by address',
        filter: searches,
        columns: [terms(from, 'Address', { size: 10, by: 'Searches', rest: true }), time(), count('Searches')],
      }),
      table({
        title: 'Searches by address, and how that is known',
        filter: searches,
        columns: [
          terms(from, 'Address', { size: 100, by: 'Searches', rest: true }),
          terms('hoofprint.from.method', 'Known by', { size: 4, by: 'Searches', rest: true }),
          ...[count('Searches'), latest('Last'), unique('user.email', 'Users')],
        ],
      }),
    ),
    wide(
      13,
      21,
      bars(
        {
          title: 'Searches over time, by whose they are',
          description: aboutMarks,
          filter: searches,
          columns: [time(), ...whose],
        },
        { colours: coloursOfWhose },
      ),
      table({
        title: 'Searches not by the owner: what for, and from where',
        description: aboutMarks,
        filter: `${searches} and hoofprint.search.query: * and not ${byOwner}`,
        columns: [
          terms('hoofprint.search.query', 'Searched for', { size: 500, by: 'Intruder' }),
          newest(from, 'Newest address'),
          count('Intruder', byIntruder),
          earliest('First'),
          count('Searches'),
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
          ...[earliest('First'), latest('Last')],
          unique('hoofprint.mailbox', 'Mailboxes'),
          unique(from, 'Addresses'),
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
          ...{ 'hoofprint.search.query': 200, 'hoofprint.mailbox': 180, 'hoofprint.actor': 95, [from]: 135 },
          ...{ 'hoofprint.from.method': 90, 'source.geo.country_name': 100, 'hoofprint.logon.geo.country_name': 125 },
          ...{ 'hoofprint.client.name': 100, 'application.name': 130 },
          ...{ 'hoofprint.session.id': undefined },
        },
      }),
    ),
    wide(
      14,
      32,
      bars(
        {
          title: 'Searches, and what people opened meanwhile',
          description:
            'In sessions: an application that reads without one searches nothing. Narrow the time to minutes to see what was opened after a search.',
          filter: searchedAndRead,
          columns: [time(), count('Searches', searches), count('Reads', openings), count('Attachments', attachments)],
        },
        { colours: { Searches: '#9170B8', Reads: '#6092C0', Attachments: '#D6BF57' } },
      ),
      markdown(
        [
          'Searches are logged only with an audit licence that covers them: that there are none proves nothing.',
          '',
          '**Address**: that of the record (`recorded`), else that of the logon of the same session (`session`, proven) or, where there is none, of the nearest logon before (`nearest`, inferred). `service`: Microsoft’s own, which says nothing of who asked.',
          '',
          'Mailboxes of 2018 also have a record of each key stroke: what had been typed so far. They are counted apart; the report tells which led to a search, and what was typed and never sent.',
        ].join('\n'),
        'What this proves',
      ),
    ),
    row(
      14,
      table({
        title:
          'Sessions, those that searched most first, and what they opened: a click on one shows both in order, below',
        description: 'Take the filter away above to see all again.',
        filter: `(${searchedAndRead}) and hoofprint.session.id: *`,
        columns: [
          terms('hoofprint.session.id', 'Session', { size: 200, by: 'Searches' }),
          newest('user.email', 'User'),
          newest('hoofprint.actor', 'Whose'),
          newest(from, 'Newest address'),
          newest('source.geo.country_name', 'Country'),
          count('Searches', searches),
          unique('hoofprint.search.query', 'Different', searches),
          unique('email.message_id', 'Messages opened', openings),
          count('Attachments', attachments),
          earliest('First search', '@timestamp', searches),
          latest('Last of all'),
        ],
      }),
    ),
    row(
      18,
      events({
        name: 'search-then-read',
        title: 'Searches and what people opened, in order',
        filter: searchedAndRead,
        columns: {
          ...{ 'hoofprint.category': 100, 'hoofprint.search.query': 200, 'email.subject': undefined },
          ...{ 'hoofprint.folder': 110, 'hoofprint.actor': 95, 'hoofprint.mailbox': 190, [from]: 140 },
          ...{ 'hoofprint.from.method': 90, 'email.message_id': 200 },
          ...{ 'hoofprint.session.id': 290 },
        },
        oldestFirst: true,
      }),
    ),
  ],
}
