import { serviceTag } from '../document.ts'
import { applicationId, applicationName } from '../microsoft/applications.ts'
import { alertFields, alertUsers } from './audit/alert.ts'
import { clientAddress, isMicrosoftService, otherAddresses, server, userAgent } from './audit/client.ts'
import { clientAppId, clientName, clientProtocol } from './audit/client-info.ts'
import { fileFields } from './audit/file-fields.ts'
import { initiatorId, initiatorName } from './audit/initiator.ts'
import { isThrottled, mailAccess, mailFields, sentFrom } from './audit/mail-fields.ts'
import { messagesIn } from './audit/mails.ts'
import { deviceProperty, within } from './audit/name-values.ts'
import { isStoppedLogon, outcomeOfAction } from './audit/outcome.ts'
import { actor, actorParts, groupName, othersNamed, target, targetParts } from './audit/people.ts'
import { rawFields } from './audit/raw-fields.ts'
import { recordTypeName } from './audit/record-types.ts'
import { session, sessionIds } from './audit/session.ts'
import { kin, variant } from './audit/variants.ts'
import { clientFields } from './client-fields.ts'
import { type DatasetTable, firstOf, lower, madeOf, type Reader, text } from './table.ts'
import { targetFields, userFields, usersNamed } from './users.ts'

/** The one that acted counts, known or not: the id of what it called, Exchange itself, would hide a stranger. */
const applicationThatActed = firstOf(
  ...[
    within('AppAccessContext', 'ClientAppId'),
    text('ClientAppId'),
    clientAppId,
    text('ApplicationId'),
    text('AppId'),
  ].map((read) => madeOf(read, applicationId)),
  initiatorId,
)

const [userKey, userId] = [text('UserKey'), text('UserId')]
const [mailboxGuid, mailboxOwner] = [text('MailboxGuid'), text('MailboxOwnerUPN')]

const telling = [
  ...['Id', 'UserId', 'MailboxGuid', 'MailboxOwnerUPN', 'SessionId', 'ClientIP', 'ClientIPAddress'].map((name) =>
    text(name),
  ),
  within('AppAccessContext', 'AADSessionId'),
]

const related: Reader<readonly string[]> = (record, activity) => {
  const [alerted, named] = [alertUsers(record, activity), othersNamed(record, activity)]
  return alerted === undefined || named === undefined ? (alerted ?? named) : [...alerted, ...named]
}

/** Records of Microsoft's unified audit log, in the schema of the Management Activity API. */
export const auditRecord: DatasetTable = {
  dataset: 'o365.audit',
  operations: 'audit',
  ecsCategory: ['web'], // Detection rules for this dataset ask for it.
  fields: {
    'event.module': 'o365',
    'event.provider': text('Workload'),
    'event.code': recordTypeName,
    'event.outcome': outcomeOfAction,
    'user.id': actor,
    ...userFields(actorParts),
    'user.full_name': text('LogonUserDisplayName'),
    'user.target.id': target,
    ...targetFields(targetParts),
    'group.name': groupName,
    'organization.id': lower(text('OrganizationId')),
    'organization.name': text('OrganizationName'),
    ...clientFields(clientAddress),
    'server.address': (record) => server(record)?.address,
    'server.domain': (record) => server(record)?.domain,
    'server.ip': (record) => server(record)?.ip,
    'user_agent.original': userAgent,
    'session.id': session,
    'token.id': firstOf(within('AppAccessContext', 'UniqueTokenId'), text('UniqueTokenId', 'UniqueTokenIdentifier')),
    'device.id': firstOf(within('AppAccessContext', 'DeviceId'), deviceProperty('Id'), text('DeviceId')),
    'application.name': firstOf(
      text('ApplicationDisplayName'),
      within('AppAccessContext', 'ClientAppName'),
      madeOf(applicationThatActed, applicationName),
      initiatorName,
    ),
    'hoofprint.application.id': applicationThatActed,
    'hoofprint.client.name': clientName,
    'hoofprint.client.protocol': clientProtocol,
    'process.name': text('ClientProcessName', 'Application'),
    ...alertFields,
    ...fileFields,
    ...mailFields,
    'related.ip': otherAddresses,
    'related.user': related,
    'o365.audit': rawFields,
  },
  variant,
  kin,
  markers(record, activity) {
    const markers: string[] = []
    if (isThrottled(record, activity)) markers.push('throttled')
    if (mailAccess(record, activity) === 'sync') markers.push('sync')
    if (isMicrosoftService(record, activity)) markers.push(serviceTag)
    return markers
  },
  telling,
  sessionIds,
  // "An alternative ID for the user identified in the UserId property" (Microsoft's schema): Entra's and Teams' is the id in Entra.
  users: (record, activity) =>
    usersNamed(
      [userKey(record, activity), userId(record, activity)],
      [mailboxGuid(record, activity), mailboxOwner(record, activity)],
    ),
  isStopped: isStoppedLogon,
  messages: (record, activity) => messagesIn(record, sentFrom(record, activity)),
}
