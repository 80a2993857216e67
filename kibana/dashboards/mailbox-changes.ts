import type { Dashboard } from '../dashboard.ts'
import { row, wide } from '../dashboard.ts'
import { and, byIntruder, changes, from, once, toLookAt, weighty } from '../kql.ts'
import { count, earliest, latest, newest, terms, time, unique } from '../panels/column.ts'
import { events } from '../panels/events.ts'
import { bars, metric, table } from '../panels/shapes.ts'

const category = (name: string) => `hoofprint.category: ${name} and ${once}`
/** Mail, and no chats, which are sent and deleted too. */
const deletions = 'hoofprint.category: delete and event.category: email'
/** Mail that went out; begun replies, forwards and drafts did not. */
const sending = 'hoofprint.category: send and event.category: email and event.type: info'
const who = { 'hoofprint.actor': 80, 'hoofprint.mailbox': 150, 'user.id': 150, [from]: 130 }

/** What was changed, sent and deleted. */
export const mailboxChanges: Dashboard = {
  id: 'hoofprint-mailbox-changes',
  title: 'Mailbox changes',
  description:
    'Rules, forwarding, permissions, consents, second factors, passwords and roles; and what was deleted and sent.',
  rows: [
    row(
      5,
      metric(count('Changes to rules'), category('rule')),
      metric(count('Changes to forwarding'), category('forward')),
      metric(count('Changes to permissions'), category('permission')),
      metric(count('Consents to applications'), category('consent')),
      metric(count('Passwords, factors, devices'), category('account')),
      metric(count('By the intruder'), and(changes, byIntruder), 'changes, as marked'),
      metric(unique('email.message_id', 'Messages deleted'), deletions),
      metric(count('Messages sent'), sending, 'without what was only begun'),
    ),
    wide(
      13,
      19,
      bars({
        title: 'Changes over time',
        filter: changes,
        columns: [terms('hoofprint.category', 'Category', { size: 10, by: 'Changes' }), time(), count('Changes')],
      }),
      table({
        title: 'Where rules and forwarding send mail',
        description:
          'A click on an address shows what of all this is of it alone: also the message traces of mail to there, at the end. Take the filter away above to see all again.',
        filter: 'hoofprint.category: (rule or forward) and email.to.address: *',
        columns: [
          terms('email.to.address', 'Sent on to', { size: 100, by: 'Changes' }),
          newest('event.action', 'Last operation'),
          count('Changes'),
          unique('hoofprint.mailbox', 'Mailboxes'),
          ...[earliest('First'), latest('Last')],
        ],
      }),
    ),
    row(
      14,
      events({
        name: 'rule-events',
        title: 'Rules: what they look for and what they do',
        filter: category('rule'),
        columns: {
          ...{ 'event.action': 150, 'rule.name': 110, 'hoofprint.summary': undefined, ...who },
        },
        oldestFirst: true,
        wraps: true,
      }),
    ),
    row(
      8,
      events({
        name: 'forward-events',
        title: 'Forwarding of whole mailboxes',
        filter: category('forward'),
        columns: {
          'event.action': 130,
          'hoofprint.summary': undefined,
          ...who,
          'email.to.address': 180,
        },
        oldestFirst: true,
        wraps: true,
      }),
    ),
    row(
      13,
      events({
        name: 'permission-events',
        title: 'Permissions: who may open, or act for, a mailbox',
        filter: category('permission'),
        columns: {
          'event.action': 160,
          'hoofprint.summary': undefined,
          ...who,
          'o365.audit.Parameters.User': 150,
        },
        oldestFirst: true,
        wraps: true,
      }),
    ),
    row(
      9,
      events({
        name: 'consent-events',
        title: 'Applications: consents, permissions granted, credentials',
        filter: category('consent'),
        columns: {
          'event.action': 170,
          'hoofprint.summary': undefined,
          'hoofprint.application.id': 160,
          'user.id': 150,
          'source.ip': 130,
          'hoofprint.actor': 80,
        },
        oldestFirst: true,
        wraps: true,
      }),
    ),
    row(
      13,
      events({
        name: 'account-events',
        title: 'Second factors, passwords, devices',
        filter: category('account'),
        columns: {
          'event.action': 170,
          'hoofprint.summary': undefined,
          'user.id': 150,
          'user.target.id': 150,
          'source.ip': 130,
          'hoofprint.actor': 80,
          'event.outcome': 85,
        },
        oldestFirst: true,
        wraps: true,
      }),
    ),
    row(
      12,
      events({
        name: 'administration-events',
        title: 'Administration: roles, accounts, access policies, exports, ways out for mail, auditing',
        description:
          'What an administrator’s account is used for beside rules and permissions, and what may be missing since. Other administration: hoofprint.category: admin.',
        filter: weighty,
        columns: {
          'event.action': 190,
          'hoofprint.summary': undefined,
          ...{ 'user.id': 190, 'hoofprint.actor': 80, [from]: 130, 'event.outcome': 85 },
        },
        oldestFirst: true,
        wraps: true,
      }),
    ),
    row(
      11,
      events({
        name: 'listed-states',
        title: 'What stood when somebody looked, as listed, and is to be looked at',
        description:
          'Of what files list of a day: what lets mail out, hides it, lets somebody in or keeps from being recorded what is done. Not who made it and when, nor what stands now: a listing tells nothing of other days, and may not list all. All that was listed: hoofprint.category: state.',
        filter: toLookAt,
        columns: {
          ...{ 'event.action': 150, 'hoofprint.summary': undefined, 'hoofprint.mailbox': 170 },
          ...{ 'email.to.address': 180, 'hoofprint.listed.by': 110, 'hoofprint.evidence.file': 220 },
        },
        wraps: true,
      }),
    ),
    row(
      10,
      bars({
        title: 'Deletions over time, by operation',
        description: 'A hard deletion leaves nothing to restore for the owner.',
        filter: deletions,
        columns: [terms('event.action', 'Operation', { size: 6, by: 'Deletions' }), time(), count('Deletions')],
      }),
    ),
    row(
      13,
      table({
        title: 'Deletions by mailbox, user and address',
        filter: deletions,
        columns: [
          terms('hoofprint.mailbox', 'Mailbox', { size: 50, by: 'Records', rest: true }),
          terms('user.email', 'User', { size: 10, by: 'Records', rest: true }),
          terms(from, 'Address', { size: 20, by: 'Records', rest: true }),
          terms('hoofprint.from.method', 'Known by', { size: 4, by: 'Records', rest: true }),
          unique('email.message_id', 'Messages'),
          count('For good', 'event.action: HardDelete'),
          ...[latest('Last'), count('Records')],
        ],
      }),
    ),
    row(
      13,
      events({
        name: 'deletion-events',
        title: 'Deletions, newest first',
        filter: deletions,
        columns: {
          ...{ 'event.action': 160, 'email.subject': undefined, 'hoofprint.folder': 130 },
          ...{ ...who, 'hoofprint.session.id': 290 },
        },
      }),
    ),
    row(
      13,
      events({
        name: 'send-events',
        title: 'Mail sent, newest first',
        description:
          'Without replies, forwards and drafts that were begun: `event.type: creation` finds those. Delivery is what its message traces say, in no order of its recipients: where there is none, nothing says whether it arrived.',
        filter: sending,
        columns: {
          ...{ 'email.subject': undefined, 'email.to.address': 220, 'hoofprint.trace.status': 130 },
          ...{ ...who, 'email.attachments.file.name': 160 },
          ...{ 'email.from.address': 180, 'event.action': 110, 'hoofprint.session.id': 290 },
        },
        // Of several recipients' fates, none may be cut off.
        wraps: true,
      }),
    ),
    row(
      13,
      events({
        name: 'delivery-events',
        title: 'Message traces: what became of each mail, in and out, newest first',
        description:
          'Only of the days that a trace was exported of: where it has no row, nothing says whether mail went there.',
        filter: category('delivery'),
        columns: {
          ...{ 'event.action': 150, 'email.to.address': 220, 'email.from.address': 220 },
          ...{ 'email.subject': undefined, 'email.message_id': 260 },
        },
      }),
    ),
  ],
}
