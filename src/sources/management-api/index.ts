import { parseCursor } from '../microsoft/cursors.ts'
import type { Tenant } from '../microsoft/tenant.ts'
import type { Source } from '../source.ts'
import { clientOf } from './client.ts'
import { Cursor } from './cursor.ts'
import { feedOf } from './feed.ts'
import type { ManagementApiOptions } from './options.ts'
import { readFeed } from './read-feed.ts'

export { checkManagementApi } from './check.ts'
export { contentTypes, ManagementApiOptions } from './options.ts'

/** The tenant's Office 365 Management Activity API: a source for each content type, all within one quota. */
export function managementApi(tenant: Tenant, options: ManagementApiOptions): Source[] {
  const client = clientOf(tenant, options)
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
