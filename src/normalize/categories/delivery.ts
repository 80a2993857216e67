import { afterDelivery, openedInPortal } from '../audit/after-delivery.ts'
import type { Category, FieldTable } from '../table.ts'
import { rows } from './rows.ts'

const success: FieldTable = { 'event.outcome': 'success' }
const failure: FieldTable = { 'event.outcome': 'failure' }
const unknown: FieldTable = { 'event.outcome': 'unknown' }

/**
 * What became of a message, and what happened to it on the way. A message that reached a mailbox, if only its Junk folder, or
 * left for another server, is a success; one that was held back is a failure.
 */
const traceOperations: Readonly<Record<string, FieldTable>> = {
  // Delivery status, as Microsoft's page on Get-MessageTraceV2 lists it; None is in older traces. Resolved: sent on to another address that the
  // directory knows of the recipient. MessageTrace: a trace that does not tell its status.
  ...rows(success, 'Delivered, Expanded, FilteredAsSpam, Resolved'),
  ...rows(failure, 'Failed, Quarantined'),
  ...rows(unknown, 'GettingStatus, Pending, None, MessageTrace'),
  // DeliveryAction of advanced hunting's EmailEvents; Replaced are mails whose attachments were.
  ...rows(success, 'Junked, Replaced'),
  ...rows(failure, 'Blocked'),
  // Event ids of extended reports, as "Event types in the message tracking log" lists them; the statuses of the summary
  // report (`Receive, Deliver`) end in one of them.
  ...rows(
    success,
    `AGENTINFO, CLIENTSUBMISSION, DELIVER, DSN, DUPLICATEDELIVER, DUPLICATEEXPAND, DUPLICATEREDIRECT,
    EXPAND, HADISCARD, HARECEIVE, HAREDIRECT, INITMESSAGECREATED, LOAD, MODERATORAPPROVE, NOTIFYMAPI, NOTIFYSHADOW,
    PROCESS, PROCESSMEETINGMESSAGE, RECEIVE, REDIRECT, RESOLVE, RESUBMIT, SEND, SUBMIT, TRANSFER`,
  ),
  ...rows(
    failure,
    `BADMAIL, DELIVERFAIL, DROP, FAIL, HAREDIRECTFAIL, MODERATIONEXPIRE, MODERATORREJECT,
    MODERATORSALLNDR, POISONMESSAGE, RESUBMITFAIL, SUBMITFAIL, SUPPRESSED`,
  ),
  ...rows(unknown, 'DEFER, RESUBMITDEFER, SUBMITDEFER, THROTTLE'),
}

const nobody = () => undefined
const unnamed: FieldTable = { 'user.id': nobody, 'user.email': nobody, 'user.name': nobody, 'user.domain': nobody }

/** What the server did on its own: no user acted, so none is named. */
export const delivery: Category = {
  name: 'delivery',
  ecs: { category: ['email'], type: ['info'] },
  activity: { fields: unnamed, operations: { MessageDelivered: {}, ClutterNotificationSent: {} } },
  // What Defender takes away or gives back, by itself or as some administrator told it: nobody is named.
  audit: [
    {
      ecs: { category: ['email'], type: ['change'] },
      fields: afterDelivery,
      operations: { 'Action after delivery': {} },
    },
    // Encrypted mail that its recipient opened in Microsoft's portal (Microsoft, "OMEPortal"): the record's user is who sent it.
    {
      ecs: { category: ['email'], type: ['access'] },
      fields: { ...unnamed, ...openedInPortal },
      operations: { MessageAccess: {}, AttachmentReview: {} },
    },
  ],
  trace: { operations: traceOperations },
}
