import type { Client } from '../microsoft/client.ts'
import { odataQuery } from '../microsoft/graph.ts'
import type { Rules } from '../microsoft/problem.ts'
import type { Tenant } from '../microsoft/tenant.ts'
import type { OutlookActivitiesOptions } from './options.ts'

interface Page {
  readonly from: string
  readonly to: string
  readonly skip: number
}

const fields = 'TimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties'

/** Ordered, for without an order pages overlap and leave out. */
export function addressOf({ baseUrl, user, types, pageSize }: OutlookActivitiesOptions, { from, to, skip }: Page): URL {
  const kinds = types.map((type) => `ActivityIdType eq '${type}'`).join(' or ')
  const filters = [`TimeStamp ge ${from}`, `TimeStamp le ${to}`, kinds].filter(Boolean).map((filter) => `(${filter})`)
  const query = odataQuery({
    $orderby: 'TimeStamp asc',
    $filter: filters.join(' and '),
    $top: String(pageSize),
    $skip: String(skip),
    $select: fields,
  })
  const mailbox = encodeURIComponent(user.replaceAll("'", "''"))
  return new URL(`/api/v2.0/Users('${mailbox}')/Activities?${query}`, baseUrl)
}

const closed = 'Microsoft closed this API in 2018: read kept exports with `hoofprint import`, or give another baseUrl'

const rules: Rules = {
  codes: [[/^(ErrorAccessDenied|ErrorInvalidUser)$/, 'stop', 'the token may not read this mailbox']],
  statuses: { 403: { action: 'stop', advice: closed }, 404: { action: 'stop', advice: closed } },
}

/** The API, wherever something speaks it, as this tenant reaches it. */
export function clientOf(tenant: Tenant, { baseUrl }: OutlookActivitiesOptions): Client {
  const root = new URL(baseUrl)
  const api = {
    name: 'Activities API',
    root,
    paths: ['/api/v2.0/users('],
    scope: `${root.origin}/.default`,
    rules,
    // The header that opened the API; without it there is none.
    headers: { accept: 'application/json; odata.metadata=none', prefer: 'exchange.behavior="ActivityAccess"' },
  }
  return tenant.client(api, { name: `outlook ${root.origin}`, perMinute: 120 })
}
