import { type Row, row } from '../dashboard.ts'
import { and, attachments, byPeople, copilot, files, from, graphRequests, openings } from '../kql.ts'
import { events } from '../panels/events.ts'

/** What was opened, record by record, at the end of the dashboard. */
export const mailReadLists: readonly Row[] = [
  row(
    14,
    events({
      name: 'attachment-events',
      title: 'Attachments opened, newest first',
      filter: attachments,
      columns: {
        ...{ 'email.attachments.file.name': 220, 'email.subject': undefined, 'hoofprint.actor': 95 },
        ...{ 'email.from.address': 200, 'hoofprint.mailbox': 190, 'user.id': 190, [from]: 140 },
        ...{ 'hoofprint.from.method': 90, 'hoofprint.session.id': 290 },
      },
    }),
  ),
  row(
    12,
    events({
      name: 'copilot-events',
      title: 'What Copilot was asked to read, newest first',
      description:
        'What somebody could learn without opening it: what Copilot says it read for an answer, not what was asked or answered. None of it counts as mail opened; Exchange may have recorded the same access.',
      filter: copilot,
      columns: {
        ...{ 'user.id': 200, 'hoofprint.actor': 95, [from]: 140, 'hoofprint.copilot.host': 100 },
        ...{ 'hoofprint.copilot.resources': undefined, 'hoofprint.copilot.refused': 160 },
        ...{ 'hoofprint.copilot.contexts': 180, 'hoofprint.session.id': 290 },
      },
    }),
  ),
  row(
    12,
    events({
      name: 'graph-events',
      title: 'What was asked of Microsoft Graph about mail, newest first',
      description:
        'So applications read, send and move mail. A request proves what was asked for, and its outcome whether it was given: not what the answer held. None of it counts as mail opened; Exchange may have recorded the same access.',
      filter: graphRequests,
      columns: {
        ...{ 'hoofprint.request': 150, 'event.outcome': 85, 'hoofprint.actor': 95, 'hoofprint.mailbox': 190 },
        ...{ 'url.original': undefined, [from]: 140, 'hoofprint.application.id': 290, 'user.id': 290 },
      },
    }),
  ),
  row(
    13,
    events({
      name: 'file-events',
      title: 'Files used and shared by people, newest first',
      description:
        'Synchronization and previews make records that nobody asked for. Shared with: whom a record names, not who used a link.',
      filter: and(files, byPeople),
      columns: {
        ...{ 'event.action': 190, 'file.name': 220, 'user.id': 190, 'hoofprint.actor': 95, [from]: 140 },
        ...{ 'user.target.id': 180, 'o365.audit.ObjectId': undefined, 'hoofprint.session.id': 290 },
      },
    }),
  ),
  row(
    16,
    events({
      name: 'read-events',
      title: 'What people opened, newest first',
      filter: and(openings, byPeople),
      columns: {
        'email.subject': undefined,
        'hoofprint.actor': 95,
        'email.message_id': 260,
        'hoofprint.messages': 90,
        'hoofprint.folder': 110,
        'hoofprint.mailbox': 180,
        [from]: 140,
        'hoofprint.from.method': 90,
        'hoofprint.client.name': 120,
        'hoofprint.session.id': 290,
      },
    }),
  ),
]
