import type { Dashboard } from '../dashboard.ts'
import { row } from '../dashboard.ts'
import {
  and,
  byPeople,
  deviceCodes,
  failed,
  logons,
  once,
  ownSignIns,
  passwordRight,
  signIns,
  stopped,
  succeeded,
  unknown,
} from '../kql.ts'
import { count, earliest, latest, newest, terms, time, unique } from '../panels/column.ts'
import { events } from '../panels/events.ts'
import { map } from '../panels/map.ts'
import { bars, donut, metric, table } from '../panels/shapes.ts'
import { logonLists } from './logon-lists.ts'

const outcomes = [count('Failed', failed), count('Unknown', unknown), count('Succeeded', succeeded)]
const colours = { Succeeded: '#54B399', Failed: '#E7664C', Unknown: '#D6BF57' }
const span = [earliest('First seen'), latest('Last seen')]

/** From where, with what and how often somebody logged on, or tried to. */
export const logonDashboard: Dashboard = {
  id: 'hoofprint-logons',
  title: 'Logons',
  description:
    'Who logged on, from where, with which client, and who tried. A logon that the audit log and the sign-in log hold counts once.',
  rows: [
    row(
      5,
      metric(count('Succeeded'), and(logons, succeeded), 'logons'),
      metric(count('Failed'), and(logons, failed), 'logons'),
      metric(count('Unknown'), and(logons, unknown), 'interrupted, or not said'),
      metric(count('After first factor'), and(stopped, once), 'stopped after it'),
      metric(count('By device code'), deviceCodes, 'sign-in log'),
      metric(unique('source.ip', 'Addresses that got in'), and(logons, succeeded)),
      metric(unique('source.geo.country_name', 'Countries that got in'), and(logons, succeeded)),
      metric(unique('user.email', 'Accounts tried'), and(logons, failed)),
    ),
    row(
      16,
      map('Where logons came from', logons, 'source.geo.location'),
      bars({ title: 'Logons over time, by outcome', filter: logons, columns: [time(), ...outcomes] }, { colours }),
    ),
    row(
      18,
      table({
        title: 'Addresses and their clients: where from, since when, and did they get in',
        filter: `${logons} and source.ip: *`,
        columns: [
          terms('source.ip', 'Address', { size: 100, by: 'Records' }),
          terms('user_agent.original', 'User agent', { size: 5, by: 'Records', rest: true }),
          newest('source.geo.country_name', 'Country'),
          newest('hoofprint.actor', 'Whose'),
          ...[count('Succeeded', succeeded), count('Failed', failed), unique('user.email', 'Accounts'), ...span],
          newest('source.as.organization.name', 'Network (AS)'),
          newest('source.as.number', 'AS number'),
          count('Records'),
        ],
      }),
    ),
    row(
      11,
      table(
        {
          title: 'Stopped only after the first factor: whose password, or token, does somebody have?',
          description:
            'What came after it stopped them, such as a second factor or a policy: look whether they got in, there or elsewhere. Owners are stopped so too. Password right: the sign-in log says so.',
          filter: `${stopped} and user.email: * and source.ip: *`,
          columns: [
            terms('user.email', 'User', { size: 100, by: 'Stopped' }),
            terms('source.ip', 'Address', { size: 20, by: 'Stopped' }),
            newest('source.geo.country_name', 'Country'),
            newest('event.reason', 'Stopped by, newest'),
            newest('hoofprint.actor', 'Whose'),
            count('Stopped', once),
            count('Password right', passwordRight),
            ...span,
          ],
        },
        { wraps: true },
      ),
    ),
    row(
      11,
      table(
        {
          title: 'Signed in by a code entered on another device',
          description:
            'Whoever was shown the code has the token, whoever entered it: so tokens are phished. Kiosks, meeting rooms and command lines do this too. Later sign-ins with such a token count too.',
          filter: `${deviceCodes} and user.email: * and source.ip: *`,
          columns: [
            terms('user.email', 'User', { size: 100, by: 'Sign-ins' }),
            terms('source.ip', 'Address', { size: 20, by: 'Sign-ins' }),
            newest('source.geo.country_name', 'Country'),
            newest('application.name', 'Application, newest'),
            newest('hoofprint.actor', 'Whose'),
            count('Sign-ins'),
            count('Succeeded', succeeded),
            ...span,
          ],
        },
        { wraps: true },
      ),
    ),
    row(
      10,
      table({
        title: 'Applications that signed in by themselves, with a secret or certificate of their own',
        description:
          'Nobody’s password or second factor stops these: whoever has the secret is in until it is taken away. Every tenant has some: look for one that is new, or from a new address, and at who gave it credentials, under Mailbox changes.',
        filter: ownSignIns,
        columns: [
          terms('hoofprint.application.id', 'Application id', { size: 200, by: 'First seen' }),
          newest('application.name', 'Application'),
          ...[newest('source.ip', 'Newest address'), unique('source.ip', 'Addresses')],
          newest('hoofprint.actor', 'Whose'),
          ...[count('Succeeded', succeeded), count('Failed', failed), ...span],
        ],
      }),
    ),
    row(
      14,
      events({
        name: 'first-uses',
        title: 'New for this mailbox: first use of an address, network, country or client',
        description:
          'By its own user, in this evidence, failures and services left out. At its beginning everything is new, and owners travel too.',
        filter: 'hoofprint.first_seen: *',
        columns: {
          ...{ 'hoofprint.first_seen': 235, 'hoofprint.mailbox': 190, 'source.ip': 140, 'hoofprint.actor': 95 },
          ...{ 'source.geo.country_name': 110, 'source.as.organization.name': 150, 'user_agent.original': undefined },
          ...{ 'event.action': 150, 'hoofprint.session.id': 290 },
        },
      }),
    ),
    row(
      14,
      table({
        title: 'Guessing: addresses by how many accounts they failed on',
        filter: `${and(logons, failed)} and source.ip: *`,
        columns: [
          terms('source.ip', 'Address', { size: 100, by: 'Accounts' }),
          newest('source.geo.country_name', 'Country'),
          unique('user.email', 'Accounts'),
          count('Failures'),
          ...span,
        ],
      }),
      table({
        title: 'Guessed at: accounts by failures, and when one last succeeded',
        filter: `${logons} and user.email: *`,
        columns: [
          terms('user.email', 'Account', { size: 200, by: 'Failed' }),
          count('Failed', failed),
          unique('source.ip', 'From addresses', failed),
          count('Succeeded', succeeded),
          latest('Last success', '@timestamp', succeeded),
        ],
      }),
    ),
    row(
      13,
      bars(
        {
          title: 'Why logons did not succeed',
          filter: `${logons} and not ${succeeded} and event.reason: *`,
          columns: [terms('event.reason', 'Reason', { size: 12, by: 'Records' }), count('Records')],
        },
        // Not all of these failed: some were only asked for more.
        { flat: true, colours: { Records: '#6092C0' } },
      ),
      bars(
        {
          title: 'Kinds of logon',
          description:
            'UserLoggedIn and UserLoginFailed are of Entra, MailboxLogin of Exchange; Sign-in activity stands in the sign-in log alone.',
          filter: logons,
          columns: [terms('event.action', 'Operation', { size: 12, by: 'Succeeded' }), ...outcomes],
        },
        { flat: true, colours },
      ),
    ),
    row(
      13,
      bars(
        {
          title: 'Protocols, as the sign-in log says',
          description: 'Old protocols, and what is told as other clients, can’t be asked for a second factor.',
          filter: `${signIns} and azure.signinlogs.properties.client_app_used: *`,
          columns: [
            terms('azure.signinlogs.properties.client_app_used', 'Client', { size: 12, by: 'Succeeded' }),
            ...outcomes,
          ],
        },
        { flat: true, colours },
      ),
      donut({
        title: 'Clients that got in',
        filter: `${and(logons, succeeded)} and user_agent.name: *`,
        columns: [terms('user_agent.name', 'Client', { size: 8, by: 'Logons', rest: true }), count('Logons')],
      }),
    ),
    row(
      13,
      table({
        title: 'Sessions, those used from most addresses and countries first',
        description:
          'All that was done in a session, not only its logon. One session in two countries may be a stolen token, or a VPN.',
        filter: `hoofprint.session.id: * and source.ip: * and ${byPeople}`,
        columns: [
          terms('hoofprint.session.id', 'Session', { size: 200, by: 'Addresses' }),
          newest('user.email', 'User'),
          unique('source.ip', 'Addresses'),
          unique('source.geo.country_name', 'Countries'),
          newest('source.ip', 'Newest address'),
          newest('source.geo.country_name', 'Newest country'),
          newest('hoofprint.actor', 'Whose'),
          ...span,
          count('Events'),
        ],
      }),
    ),
    ...logonLists,
  ],
}
