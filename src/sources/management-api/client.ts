import { ConfigError } from '../../errors.ts'
import type { Client } from '../microsoft/client.ts'
import type { Rules } from '../microsoft/problem.ts'
import type { Tenant } from '../microsoft/tenant.ts'
import type { ManagementApiOptions } from './options.ts'

/** The API as this tenant reaches it, all content types within one quota. */
export function clientOf(tenant: Tenant, { requestsPerMinute }: ManagementApiOptions): Client {
  const { id, management, cloud } = tenant
  if (management === undefined) throw new ConfigError(`the cloud ${cloud} has no Management Activity API`)
  const api = {
    name: 'Management API',
    root: new URL(management.root),
    // The service writes its own links with either.
    paths: ['/api/v1.0/', '/api/v1/'].map((path) => `${path}${id.toLowerCase()}/`),
    scope: management.scope,
    rules,
  }
  return tenant.client(api, { name: 'management-api', perMinute: requestsPerMinute })
}

/**
 * The Management Activity API's error codes, from its reference and, where marked so, from reports of the real service.
 * AF10001 comes with status 401, AF429 with 403: the code decides.
 */
const rules: Rules = {
  codes: [
    // "renew" first: a role that was given a moment ago is in no token that was made before.
    [/^AF10001$/, 'renew', 'give the app the role ActivityFeed.Read, with an administrator’s consent'],
    [/^AF2000[123]$/, 'stop', 'the service does not like the request itself: check for a newer Hoofprint'],
    [/^AF2001[0-3]$/, 'stop', 'the tenant is not that of the credentials, or its audit log is switched off'],
    [/^AF20020$/, 'stop', 'the tenant has no such content type'],
    [/^AF2002[23]$/, 'subscribe'],
    // Not documented; several collectors meet it.
    [/^AF20024$/, 'subscribed'],
    [/^(AF20030|AF20055)$/, 'window', 'the service refuses the window: check this machine’s clock'],
    [/^AF20031$/, 'first page'],
    [/^AF2005[012]$/, 'gone'],
    [/^AF429$/, 'slow down'],
    [/^AF5\d{4}$/, 'retry'],
    // Not documented: what starting a subscription gives while the audit log is switched off, "Tenant … does not exist" (MicrosoftDocs/office-365-management-api#89).
    [
      /^StartSubscription \[/,
      'stop',
      'the audit log is switched off: run Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true, and wait an hour',
    ],
  ],
  // Without a code it is not the service that speaks.
  statuses: { 404: { action: 'retry' } },
}
