import type { Moment } from './change-records.ts'
import { type AuditRecord, access, begin, type Json } from './record.ts'
import { tenant } from './tenant.ts'

const folderUrl = 'Shared Documents/Ledger'

/** Something done with a file of the finance site; sharing is a record type of its own. */
export function fileRecord(moment: Moment, operation: string, about: { name: string; more?: Record<string, Json> }) {
  const sharing = /Shar|Link/.test(operation)
  return {
    ...siteRecord(moment, operation, sharing ? 14 : 6),
    EventSource: 'SharePoint',
    ItemType: 'File',
    ListId: tenant.listId,
    ListItemUniqueId: moment.random.guid(),
    ObjectId: `${tenant.site}/${folderUrl}/${about.name}`,
    Site: tenant.siteId,
    SiteUrl: `${tenant.site}/`,
    SourceFileExtension: about.name.slice(about.name.lastIndexOf('.') + 1),
    SourceFileName: about.name,
    SourceRelativeUrl: folderUrl,
    WebId: tenant.webId,
    ...about.more,
  }
}

/** SearchQueryPerformed: a search that SharePoint itself wrote down. */
export function siteSearchRecord(moment: Moment, text: string): AuditRecord {
  return {
    ...siteRecord(moment, 'SearchQueryPerformed', 4),
    EventSource: 'SharePoint',
    ItemType: 'Page',
    ObjectId: `${tenant.site}/_layouts/15/search.aspx`,
    SearchQueryText: text,
    Site: tenant.siteId,
    SiteUrl: `${tenant.site}/`,
    WebId: tenant.webId,
  }
}

/** SearchQueryInitiatedExchange or SearchQueryInitiatedSharePoint, which bear the text that was looked for. */
export function searchRecord(
  { random, time, visit }: Moment,
  text: string,
  where: 'mailbox' | 'sharepoint',
): AuditRecord {
  const { account, ip, session } = visit
  const [operation, recordType, workload, source, scenario] =
    where === 'mailbox'
      ? (['SearchQueryInitiatedExchange', 101, 'Exchange', 'OWA', 'owa.react'] as const)
      : (['SearchQueryInitiatedSharePoint', 102, 'SharePoint', 'SharePoint', 'SPHomeWeb'] as const)
  return {
    AppAccessContext: access(random, time, session),
    ...begin(random, time, { operation, recordType, workload, userId: account.upn, userKey: account.id }),
    ClientIP: ip,
    QuerySource: source,
    QueryText: text,
    ScenarioName: scenario,
    OrganizationName: tenant.domain,
  }
}

function siteRecord({ random, time, visit }: Moment, operation: string, recordType: number): AuditRecord {
  const { account, ip, session, client } = visit
  const userKey = `i:0h.f|membership|${account.puid.toLowerCase()}@live.example`
  return {
    AppAccessContext: access(random, time, session),
    ...begin(random, time, { operation, recordType, workload: 'SharePoint', userId: account.upn, userKey }),
    ClientIP: ip,
    UserAgent: client.userAgent,
    BrowserName: client.browser.split(' ')[0] ?? '',
    Platform: 'WinDesktop',
    ...(session !== undefined && { ApplicationId: client.appId }),
    CorrelationId: random.guid(),
  }
}
