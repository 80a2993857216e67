import type { Random } from '../random.ts'
import type { Moment } from './change-records.ts'
import { auditTime, minute } from './clock.ts'
import type { Mail } from './mail.ts'
import { type AuditRecord, access, begin, type Json, pairs, server } from './record.ts'
import { type Account, tenant } from './tenant.ts'

/** A cmdlet that the service runs by itself, under a name that is no address. */
export function systemRecord(random: Random, time: number, about: { operation: string; object: string }): AuditRecord {
  const userId = `NT AUTHORITY\\SYSTEM (${random.pick(['Microsoft.Exchange.ServiceHost', 'w3wp', 'MSExchangeHMWorker'])})`
  const common = { recordType: 1, workload: 'Exchange', userId, userKey: userId, userType: 3, result: 'True' }
  return {
    ...begin(random, time, { ...common, operation: about.operation }),
    ObjectId: about.object,
    AppId: '',
    ClientAppId: '',
    ExternalAccess: true,
    OrganizationName: tenant.domain,
    OriginatingServer: server(random),
    Parameters: pairs({ Identity: about.object, DomainController: `DB9P123A04DC0${random.whole(1, 9)}.example` }),
  }
}

/** An alert, or an entity that belongs to one. `Data` is JSON in a string, with short names. */
export function alertRecord(
  { random, time, visit }: Moment,
  about: { operation: string; name: string; severity: string; alert: string },
): AuditRecord {
  const userId = 'SecurityComplianceAlerts'
  const { account } = visit
  const data = {
    etype: 'User',
    eid: account.upn,
    tid: tenant.id,
    ts: auditTime(time - 20 * minute),
    te: auditTime(time),
  }
  return {
    ...begin(random, time, {
      operation: about.operation,
      recordType: 40,
      workload: 'SecurityComplianceCenter',
      userId,
      userKey: userId,
      userType: 4,
      result: 'Succeeded',
    }),
    ObjectId: about.alert,
    AlertEntityId: account.upn,
    AlertId: about.alert,
    AlertLinks: [{ AlertLinkHref: '' }],
    AlertType: 'System',
    Category: 'ThreatManagement',
    Comments: about.operation === 'AlertTriggered' ? 'New alert' : '',
    Data: JSON.stringify({ ...data, op: about.name, wl: 'Exchange', an: about.name, sev: about.severity }),
    EntityType: 'User',
    Name: about.name,
    PolicyId: '0b3a9c52-6a0f-4c6f-a1d5-2f6d4e9c7b11',
    Severity: about.severity,
    Source: 'Office 365 Security & Compliance',
    Status: 'Active',
  }
}

/** TIMailData: what Defender found about one mail. */
export function threatRecord(random: Random, time: number, mail: Mail): AuditRecord {
  const userId = 'ThreatIntel'
  return {
    ...begin(random, time, {
      operation: 'TIMailData',
      recordType: 28,
      workload: 'ThreatIntelligence',
      userId,
      userKey: userId,
      userType: 4,
    }),
    ObjectId: mail.traceId,
    DeliveryAction: 'Delivered',
    DetectionMethod: 'URL detonation',
    DetectionType: 'Inline',
    Directionality: 'IntraOrg',
    EventDeepLink: '',
    InternetMessageId: mail.messageId,
    MessageTime: auditTime(mail.sentAt),
    NetworkMessageId: mail.traceId,
    P1Sender: mail.from,
    P2Sender: mail.from,
    Policy: 'Phish',
    Recipients: mail.to,
    Subject: mail.subject,
    Verdict: 'Phish',
  }
}

/** Something done in Teams; it is neither mail nor a file. */
export function teamsRecord({ random, time, visit }: Moment, operation: string, members: Account[]): AuditRecord {
  const { account, ip, session } = visit
  const common = { operation, recordType: 25, workload: 'MicrosoftTeams', userId: account.upn, userKey: account.id }
  const list: Json[] = members.map(({ upn, name }) => ({ DisplayName: name, Role: 1, UPN: upn }))
  return {
    AppAccessContext: access(random, time, session),
    ...begin(random, time, common),
    ClientIP: ip,
    ChatThreadId: `19:${random.guid()}_${random.guid()}@unq.gbl.spaces`,
    CommunicationType: 'OneOnOne',
    ExtraProperties: [],
    ItemName: random.hex(13),
    Members: list,
    MessageId: String(time),
    MessageVersion: String(time),
  }
}
