import type { Dashboard } from '../dashboard.ts'
import { row, wide } from '../dashboard.ts'
import {
  and,
  attachments,
  byIntruder,
  byPeople,
  byServices,
  from,
  graphGave,
  letIn,
  openings,
  ownSignIns,
  sure,
  sync,
  throttled,
} from '../kql.ts'
import { count, earliest, latest, newest, terms, time, unique } from '../panels/column.ts'
import { events } from '../panels/events.ts'
import { markdown } from '../panels/markdown.ts'
import { bars, metric, share, table } from '../panels/shapes.ts'
import { aboutMarks, howMuchOfStory } from '../whose.ts'
import { mailReadLists } from './mail-read-lists.ts'

const access = `${openings} or ${sync}`
const span = [earliest('First'), latest('Last')]
const opened = unique('email.message_id', 'Messages opened', openings)
const synced = count('Folder syncs', sync)
const openedByIntruder = unique('email.message_id', 'By the intruder', and(openings, byIntruder))

/** Which mail was read, and how well that is proven. */
export const mailRead: Dashboard = {
  id: 'hoofprint-mail-read',
  title: 'Mail read',
  description:
    'Messages that were opened, folders that were synchronized, and when the log says that it stopped counting.',
  rows: [
    row(
      5,
      metric(unique('email.message_id', 'Messages opened'), openings, 'ids, by anybody'),
      metric(unique('email.message_id', 'Messages opened'), and(openings, byPeople), 'ids, by people'),
      metric(unique('email.message_id', 'Messages opened'), and(openings, byIntruder), 'ids, by intruder'),
      share(count('Records with a subject', 'email.subject: *'), count('Records of opening'), openings),
      metric(count('Folder syncs'), sync, 'by anybody, services too'),
      metric(count('Folder syncs'), and(sync, byPeople), 'without Microsoft’s services'),
      metric(count('Throttled: reads not logged'), throttled, 'up to 24 hours each'),
      metric(count('Attachments opened'), attachments),
    ),
    row(
      9,
      table({
        title: 'What the intruder read, by mailbox, and how sure that is',
        description:
          'Opened: these messages, each named. A folder synced: assume every message in it. Sure: the record itself, or its session alone, is of what is marked. Inferred: it may be the owner’s. What is throttled is in neither.',
        filter: `(${access}) and ${byIntruder}`,
        columns: [
          terms('hoofprint.mailbox', 'Mailbox', { size: 100, by: 'Records', rest: true }),
          ...[opened, synced, unique('hoofprint.folder', 'Folders synced', sync)],
          ...[count('Records'), count('Sure', sure), count('Inferred', `not ${sure}`), ...span],
        ],
      }),
    ),
    wide(
      19,
      32,
      bars(
        {
          title: 'Access over time: records of messages opened (bind) and of folders downloaded (sync)',
          filter: access,
          columns: [
            time(),
            count('By intruder', and(openings, byPeople, byIntruder)),
            count('By others', `${and(openings, byPeople)} and not ${byIntruder}`),
            count('By services', and(openings, byServices)),
            count('Folders synced', sync),
          ],
        },
        {
          colours: {
            ...{ 'By intruder': '#E7664C', 'By others': '#6092C0' },
            ...{ 'By services': '#D3DAE6', 'Folders synced': '#9170B8' },
          },
        },
      ),
      markdown(
        [
          '**Bind**, or a display in Outlook’s activities of 2018: these messages were opened; each is named. It proves that the client fetched it, not that somebody read it.',
          '',
          '**Sync**: a client downloaded the folder. Every message that was in it then counts as read: the log does not name them.',
          '',
          '**Throttled**: after more than 1,000 bind records of a mailbox in a day, none is written for 24 hours. What anybody opened then is in no log: look for it with nothing chosen under **Whose**, nor brought along by a link as a filter above.',
          '',
          '**Messages** are counted by their ids here. The answers and the report count the mails of each mailbox: one mail in two mailboxes is two there, and so is one whose id no record tells.',
          '',
          '**No record** proves nothing: access is logged only with the licence and the settings for it.',
        ].join('\n'),
        'What each record proves',
      ),
    ),
    row(
      18,
      table({
        title: 'Messages: the first 1,000, those that people opened most often first',
        description:
          'Subject and sender come from any record that names only this message: delivery, sending, moving, deleting.',
        filter: 'hoofprint.category: * and email.message_id: *',
        columns: [
          terms('email.message_id', 'Message', { size: 1000, by: 'By people' }),
          newest('email.subject', 'Subject', 'email.subject: * and not hoofprint.messages > 1'),
          newest('email.from.address', 'From', 'email.from.address: * and not hoofprint.messages > 1'),
          count('By people', and(openings, byPeople)),
          count('By the intruder', and(openings, byIntruder)),
          count('By services', and(openings, byServices)),
          count('Attachments', attachments),
          unique('user.email', 'Users', openings),
          unique(from, 'Addresses', openings),
          earliest('First opened', '@timestamp', openings),
          latest('Last opened', '@timestamp', openings),
        ],
      }),
    ),
    row(
      16,
      events({
        name: 'intruder-read-events',
        title: 'What the intruder opened, in order',
        description: `${howMuchOfStory} ${aboutMarks}`,
        filter: and(openings, byIntruder),
        columns: {
          'email.subject': undefined,
          'hoofprint.actor_certainty': 95,
          'email.from.address': 200,
          'email.message_id': 260,
          'hoofprint.messages': 90,
          ...{ 'hoofprint.folder': 110, 'hoofprint.mailbox': 180, [from]: 140, 'hoofprint.from.method': 90 },
          'hoofprint.session.id': 290,
        },
        oldestFirst: true,
      }),
    ),
    row(
      14,
      table({
        title: 'Who opened how much, from where',
        filter: access,
        columns: [
          terms('hoofprint.mailbox', 'Mailbox', { size: 50, by: 'Records', rest: true }),
          terms('user.email', 'User', { size: 10, by: 'Records', rest: true }),
          terms(from, 'Address', { size: 20, by: 'Records', rest: true }),
          terms('hoofprint.from.method', 'Known by', { size: 4, by: 'Records', rest: true }),
          ...[opened, synced, ...span, count('Records')],
        ],
      }),
    ),
    row(
      14,
      table({
        title: 'Sessions, those that opened most first',
        description: 'An application has no session: see the clients.',
        filter: `(${access}) and hoofprint.session.id: *`,
        columns: [
          terms('hoofprint.session.id', 'Session', { size: 200, by: 'Messages opened' }),
          newest('user.email', 'User'),
          newest('hoofprint.actor', 'Whose'),
          newest(from, 'Newest address'),
          unique(from, 'Addresses'),
          ...[opened, synced, ...span],
        ],
      }),
    ),
    row(
      10,
      table({
        title: 'Applications: what each opened, and when it was let in',
        description:
          'One that was let in, or signed in by itself, and has no records opened nothing that was recorded. Given by Graph: requests about mail that Microsoft Graph granted, in the list below; they name no mail as opened. Its name is what any of these records says, its own or that of the consent or sign-in: choose a time in which it was let in.',
        // What an application does with tokens of its own names it by its id alone.
        filter: `(${access} or (${letIn}) or (${graphGave}) or (${ownSignIns})) and hoofprint.application.id: *`,
        columns: [
          terms('hoofprint.application.id', 'Application id', { size: 100, by: 'Records' }),
          newest('application.name', 'Application'),
          ...[opened, openedByIntruder, synced, count('Records', `${access} or (${graphGave})`)],
          ...[count('Given by Graph', graphGave), earliest('Let in', '@timestamp', letIn)],
        ],
      }),
    ),
    row(
      10,
      table({
        title: 'Clients, and the applications that used them',
        filter: access,
        columns: [
          terms('hoofprint.client.name', 'Client', { size: 30, by: 'Records', rest: true }),
          terms('hoofprint.application.id', 'Application id', { size: 10, by: 'Records', rest: true }),
          ...[opened, openedByIntruder, synced, count('Records')],
        ],
      }),
    ),
    row(
      12,
      events({
        name: 'sync-and-throttled',
        title: 'Folders downloaded, and where the log stopped counting',
        filter: `(${sync} and ${byPeople}) or ${throttled}`,
        columns: {
          ...{ tags: 170, 'hoofprint.mailbox': 180, 'hoofprint.folder': 110, [from]: 130 },
          ...{ 'hoofprint.actor': 95, 'user.id': undefined },
        },
      }),
    ),
    row(
      13,
      table({
        title: 'Folders: mail opened in them, and downloaded whole',
        description: 'Of a folder that was synchronized, assume that every message in it was read.',
        filter: `(${access}) and hoofprint.folder: *`,
        columns: [
          terms('hoofprint.mailbox', 'Mailbox', { size: 50, by: 'Records', rest: true }),
          terms('hoofprint.folder', 'Folder', { size: 100, by: 'Records' }),
          ...[opened, openedByIntruder, synced, count('Syncs by the intruder', and(sync, byIntruder))],
          ...[...span, count('Records')],
        ],
      }),
    ),
    ...mailReadLists,
  ],
}
