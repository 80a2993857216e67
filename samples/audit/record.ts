import type { Random } from '../random.ts'
import { auditTime, minute } from './clock.ts'
import { type Account, tenant } from './tenant.ts'
import type { Visit } from './visit.ts'

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** A record of the unified audit log, as every export holds it. */
export type AuditRecord = { [name: string]: Json } & {
  CreationTime: string
  Id: string
  Operation: string
  RecordType: number
  UserId: string
  Workload: string
}

/** `[{Name, Value}]`, the list form in which audit records keep their open maps. */
export function pairs(values: Record<string, string>): Json[] {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }))
}

/** What every audit record begins with. */
export type Begin = {
  operation: string
  recordType: number
  workload: string
  userId: string
  userKey: string
  userType?: number
  result?: string
}

/** The members that all audit records share; `id` is given when something else is called the same. */
export function begin(random: Random, time: number, about: Begin, id = random.guid()): AuditRecord {
  return {
    CreationTime: auditTime(time),
    Id: id,
    Operation: about.operation,
    OrganizationId: tenant.id,
    RecordType: about.recordType,
    ...(about.result !== undefined && { ResultStatus: about.result }),
    UserKey: about.userKey,
    UserType: about.userType ?? 0,
    Version: 1,
    Workload: about.workload,
    UserId: about.userId,
  }
}

/** How the service links a record to the logon it came from. */
export function access(random: Random, time: number, session: string | undefined): Json {
  return {
    ...(session !== undefined && { AADSessionId: session }),
    CorrelationId: random.guid(),
    IssuedAtTime: auditTime(time - random.whole(2, 50) * minute),
    UniqueTokenId: `${random.hex(20)}AA`,
  }
}

/** A name of one server of the service; the line end at its end is the service's own. */
export function server(random: Random): string {
  return `DB9P123MB${random.whole(1000, 9999)} (15.20.9520.${random.whole(0, 12)})\r\n`
}

/** A record of one mailbox, as Exchange writes it for whoever uses the mailbox. */
export function mailboxRecord(
  random: Random,
  time: number,
  about: { visit: Visit; operation: string; recordType: 2 | 3 | 50; mailbox: Account },
): AuditRecord {
  const { visit, operation, recordType, mailbox } = about
  const { account, client, ip, session } = visit
  const type = account === mailbox ? 0 : 2
  const common = { operation, recordType, workload: 'Exchange', userId: account.upn, userKey: account.puid }
  return {
    AppAccessContext: access(random, time, session),
    ...begin(random, time, { ...common, result: 'Succeeded' }),
    ...(recordType !== 50 && { ClientIP: ip }),
    AppId: '00000002-0000-0ff1-ce00-000000000000',
    ClientAppId: client.appId,
    ClientIPAddress: ip,
    ClientInfoString: client.info,
    ...(client.process && { ClientProcessName: client.process.name, ClientVersion: client.process.version }),
    ClientRequestId: `{${random.guid().toUpperCase()}}`,
    ExternalAccess: false,
    InternalLogonType: 0,
    LogonType: type,
    LogonUserSid: account.sid,
    MailboxGuid: mailbox.mailboxGuid,
    MailboxOwnerSid: mailbox.sid,
    MailboxOwnerUPN: mailbox.upn,
    OrganizationName: tenant.domain,
    OriginatingServer: server(random),
    ...(session !== undefined && { SessionId: session }),
  }
}

/** The name and the id of a folder of a mailbox. */
export function folder(mailbox: Account, path: string): { Id: string; Path: string } {
  const tail = [...path].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffffff, 7)
  return { Id: `LgAAAAB${mailbox.mailboxGuid.slice(0, 8)}${tail.toString(16).padStart(6, '0')}AAAB`, Path: path }
}
