import type { FieldTable } from '../table.ts'

const success: FieldTable = { 'event.outcome': 'success' }
const failure: FieldTable = { 'event.outcome': 'failure' }
const unknown: FieldTable = { 'event.outcome': 'unknown' }

/**
 * What became of a message, and what happened to it on the way. A message that reached a mailbox, if only its Junk folder, or
 * left for another server, is a success; one that was held back is a failure.
 */
export const traceOperations: Readonly<Record<string, FieldTable>> = {
  // Delivery status, as Microsoft's page on Get-MessageTraceV2 lists it; None is in older traces.
  Delivered: success,
  Expanded: success,
  FilteredAsSpam: success,
  Resolved: success, // Sent on to another address that the directory knows of the recipient.
  Failed: failure,
  Quarantined: failure,
  GettingStatus: unknown,
  Pending: unknown,
  None: unknown,
  MessageTrace: unknown, // A trace that does not tell its status.
  // DeliveryAction of advanced hunting's EmailEvents; Replaced are mails whose attachments were.
  Junked: success,
  Blocked: failure,
  Replaced: success,
  // Event ids of extended reports, as "Event types in the message tracking log" lists them; the statuses of the summary
  // report (`Receive, Deliver`) end in one of them.
  AGENTINFO: success,
  BADMAIL: failure,
  CLIENTSUBMISSION: success,
  DEFER: unknown,
  DELIVER: success,
  DELIVERFAIL: failure,
  DROP: failure,
  DSN: success,
  DUPLICATEDELIVER: success,
  DUPLICATEEXPAND: success,
  DUPLICATEREDIRECT: success,
  EXPAND: success,
  FAIL: failure,
  HADISCARD: success,
  HARECEIVE: success,
  HAREDIRECT: success,
  HAREDIRECTFAIL: failure,
  INITMESSAGECREATED: success,
  LOAD: success,
  MODERATIONEXPIRE: failure,
  MODERATORAPPROVE: success,
  MODERATORREJECT: failure,
  MODERATORSALLNDR: failure,
  NOTIFYMAPI: success,
  NOTIFYSHADOW: success,
  POISONMESSAGE: failure,
  PROCESS: success,
  PROCESSMEETINGMESSAGE: success,
  RECEIVE: success,
  REDIRECT: success,
  RESOLVE: success,
  RESUBMIT: success,
  RESUBMITDEFER: unknown,
  RESUBMITFAIL: failure,
  SEND: success,
  SUBMIT: success,
  SUBMITDEFER: unknown,
  SUBMITFAIL: failure,
  SUPPRESSED: failure,
  THROTTLE: unknown,
  TRANSFER: success,
}
