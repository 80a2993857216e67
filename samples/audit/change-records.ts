import type { Random } from '../random.ts'
import { type AuditRecord, begin, type Json, pairs, server } from './record.ts'
import { type Account, tenant } from './tenant.ts'
import type { Visit } from './visit.ts'

/** When and by whom something was changed. */
export type Moment = { random: Random; time: number; visit: Visit }

/** A cmdlet of Exchange, whoever ran it and through whatever page. */
export function cmdletRecord(
  { random, time, visit }: Moment,
  about: { operation: string; object: string; parameters: Record<string, string> },
): AuditRecord {
  const { account, ip, session } = visit
  const port = random.whole(1025, 65000)
  return {
    ...begin(random, time, {
      operation: about.operation,
      recordType: 1,
      workload: 'Exchange',
      userId: account.upn,
      userKey: account.puid,
      userType: 2,
      result: 'True',
    }),
    ClientIP: ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`,
    ObjectId: about.object,
    AppId: visit.client.appId,
    AppPoolName: visit.client.used === 'Browser' ? 'MSExchangeOWAAppPool' : 'MSExchangeAdminApiNetCore',
    ClientAppId: '',
    CorrelationID: '',
    ExternalAccess: false,
    OrganizationName: tenant.domain,
    OriginatingServer: server(random),
    Parameters: pairs(about.parameters),
    RequestId: random.guid(),
    ...(session !== undefined && { SessionId: session }),
  }
}

/** The long name that Exchange has for a mailbox, or for a rule in it. */
export function exchangeName(account: Account, rule?: string): string {
  const mailbox = `EURP123A004.PROD.OUTLOOK.EXAMPLE/Microsoft Exchange Hosted Organizations/${tenant.domain}/${account.id}`
  return rule === undefined ? mailbox : `${mailbox}\\${rule}`
}

/** What a directory record is about: `id` and `name` of the object, and its properties before and after. */
export type DirectoryChange = {
  operation: string
  kind: 'User' | 'ServicePrincipal' | 'Role' | 'Policy' | 'Device'
  id: string
  name: string
  changes: Record<string, { from: string; to: string }>
  userAgent?: string
}

/** A change in the directory, by a user or by one of Entra's own services. */
export function directoryRecord(
  { random, time, visit }: Moment,
  about: DirectoryChange,
  service?: { name: string; id: string },
): AuditRecord {
  const { account, ip } = visit
  const userId = service === undefined ? account.upn : `ServicePrincipal_${service.id}`
  const details = about.userAgent === undefined ? { UserType: 'Member' } : { 'User-Agent': about.userAgent }
  return {
    ...begin(random, time, {
      operation: about.operation,
      recordType: 8,
      workload: 'AzureActiveDirectory',
      userId,
      userKey: service === undefined ? `${account.puid}@${tenant.domain}` : 'Not Available',
      userType: service === undefined ? 0 : 4,
      result: 'Success',
    }),
    ...(service === undefined && { ClientIP: ip }),
    ObjectId: about.name,
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: pairs({
      additionalDetails: JSON.stringify(details),
      extendedAuditEventCategory: about.kind,
    }),
    ModifiedProperties: [
      ...Object.entries(about.changes).map(([Name, { from, to }]) => ({ Name, NewValue: to, OldValue: from })),
      { Name: 'Included Updated Properties', NewValue: Object.keys(about.changes).join(', '), OldValue: '' },
    ],
    Actor: actorOf(account, service),
    ActorContextId: tenant.id,
    InterSystemsId: random.guid(),
    IntraSystemId: random.guid(),
    SupportTicketId: '',
    Target: [
      { ID: `${about.kind}_${about.id}`, Type: 2 },
      { ID: about.id, Type: 2 },
      { ID: about.kind, Type: 2 },
      { ID: about.name, Type: about.kind === 'User' ? 5 : 1 },
    ],
    TargetContextId: tenant.id,
  }
}

/** A list of values as the directory writes it into a property: JSON with Windows line ends. */
export function directoryValue(value: Json): string {
  return JSON.stringify(value, undefined, 2).replaceAll('\n', '\r\n')
}

function actorOf(account: Account, service?: { name: string; id: string }): Json[] {
  if (service === undefined) {
    return [
      { ID: account.upn, Type: 5 },
      { ID: account.puid, Type: 3 },
      { ID: `User_${account.id}`, Type: 2 },
      { ID: account.id, Type: 2 },
      { ID: 'User', Type: 2 },
    ]
  }
  return [
    { ID: service.name, Type: 1 },
    { ID: service.id, Type: 2 },
    { ID: `ServicePrincipal_${service.id}`, Type: 2 },
    { ID: 'ServicePrincipal', Type: 2 },
  ]
}
