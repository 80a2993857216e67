import { ConfigError } from '../../errors.ts'
import type { Api } from '../microsoft/client.ts'
import { parseCursor } from '../microsoft/cursors.ts'
import type { Tenant } from '../microsoft/tenant.ts'
import type { Source } from '../source.ts'
import { Cursor } from './cursor.ts'
import { rules } from './errors.ts'
import { feedOf } from './feed.ts'
import type { ManagementApiOptions } from './options.ts'
import { readFeed } from './read-feed.ts'

export { contentTypes, ManagementApiOptions } from './options.ts'

/** The tenant's Office 365 Management Activity API: a source for each content type, all within one quota. */
export function managementApi(tenant: Tenant, options: ManagementApiOptions): Source[] {
  const client = tenant.client(apiOf(tenant), { name: 'management-api', perMinute: options.requestsPerMinute })
  return options.contentTypes.map((contentType) => {
    const id = `management-api:${tenant.id}:${contentType}`
    const feed = feedOf(client, { tenant: tenant.id, publisher: tenant.publisher, contentType })
    return {
      id,
      async *read(saved, known, signal) {
        const cursor = parseCursor(id, Cursor, saved) ?? { pending: [] }
        yield* readFeed({ id, feed, options }, cursor, known, signal)
      },
    }
  })
}

/** The API as this tenant reaches it. The service writes its own links with /api/v1 or /api/v1.0. */
export function apiOf({ id, management, cloud }: Tenant): Api {
  if (management === undefined) throw new ConfigError(`the cloud ${cloud} has no Management Activity API`)
  return {
    name: 'Management API',
    root: new URL(management),
    paths: ['/api/v1.0/', '/api/v1/'].map((path) => `${path}${id.toLowerCase()}/`),
    scope: `${management}/.default`,
    rules,
  }
}
