import { ConfigError } from '../../errors.ts'
import type { Client } from '../microsoft/client.ts'
import type { Tenant } from '../microsoft/tenant.ts'
import { rules } from './errors.ts'
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
