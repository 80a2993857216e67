import { z } from 'zod'
import { type Asked, complaintAbout, failed, json, type Reply, type World } from './world.ts'

export interface AuditRecord {
  readonly id: string
  readonly createdDateTime: string
}

export interface AuditSearch {
  readonly records: AuditRecord[]
  readonly queries: { readonly id: string; readonly body: Body; status: string; readings: number }[]
  /** How the next queries end; then they succeed. */
  readonly endings: string[]
  /** So many records a query may give. */
  limit: number
  pageSize: number
  /** Records with which no page can be given. */
  readonly spoiled: Set<string>
  /** Leaves out some records in a reading, the first being 1. */
  forgets: (reading: number) => number
}

const Filters = z.array(z.string()).optional()
const Body = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.security.auditLogQuery'),
  displayName: z.string(),
  filterStartDateTime: z.iso.datetime(),
  filterEndDateTime: z.iso.datetime(),
  recordTypeFilters: Filters,
  operationFilters: Filters,
  userPrincipalNameFilters: Filters,
  ipAddressFilters: Filters,
  objectIdFilters: Filters,
  administrativeUnitIdFilters: Filters,
  keywordFilter: z.string().optional(),
  serviceFilter: z.string().optional(),
})
type Body = z.output<typeof Body>

const base = /^\/(?:v1\.0|beta)\/security\/auditLog\/queries(?:\/([^/]+))?(\/records)?$/

/** Graph's search of the audit log: submitted, waited for, read page by page. */
export function auditSearch(world: World, search: AuditSearch) {
  return (asked: Asked): Reply | undefined => {
    const [path, id, records] = base.exec(asked.url.pathname) ?? []
    if (path === undefined) return undefined
    const complaint = complaintAbout(asked, world, 'https://graph.microsoft.com')
    if (complaint !== undefined) return failed(401, 'InvalidAuthenticationToken', complaint)
    if (!world.roles.has('AuditLogsQuery.Read.All')) return failed(403, 'Forbidden', 'Missing role')
    if (id === undefined)
      return asked.method === 'POST' ? submit(asked.body) : json({ value: search.queries.map(shown) })
    const query = search.queries.find((each) => each.id === decodeURIComponent(id))
    if (query === undefined) return failed(404, 'NotFound', 'no such query')
    if (records !== undefined) return page(query, asked.url)
    if (query.status === 'notStarted') query.status = 'running'
    else if (query.status === 'running') query.status = search.endings.shift() ?? 'succeeded'
    return json(shown(query))
  }

  function submit(text: string): Reply {
    const body = Body.safeParse(JSON.parse(text))
    if (!body.success) return failed(400, 'BadRequest', body.error.message)
    const query = { id: `query-${search.queries.length}`, body: body.data, status: 'notStarted', readings: 0 }
    search.queries.push(query)
    return json(shown(query), 201)
  }

  function shown(query: AuditSearch['queries'][number]) {
    const { id, body, status } = query
    return {
      ...body,
      id,
      status,
      isRecordCountLimitExceeded: status === 'succeeded' && all(query).length > search.limit,
    }
  }

  function all({ body }: AuditSearch['queries'][number]): AuditRecord[] {
    const [from, to] = [body.filterStartDateTime, body.filterEndDateTime]
    return search.records.filter(({ createdDateTime }) => createdDateTime >= from && createdDateTime < to)
  }

  function page(query: AuditSearch['queries'][number], url: URL): Reply {
    if (query.status !== 'succeeded') return failed(400, 'BadRequest', `the query is ${query.status}`)
    const at = Number(url.searchParams.get('$skiptoken') ?? 0)
    if (at === 0) query.readings += 1
    const found = all(query).slice(0, search.limit)
    const kept = found.slice(0, found.length - search.forgets(query.readings))
    const next = at + search.pageSize
    if (kept.slice(at, next).some(({ id }) => search.spoiled.has(id))) return failed(500, '', 'Internal server error')
    const link = `${world.root()}${url.pathname}?$skiptoken=${next}`
    return json({ value: kept.slice(at, next), ...(next < kept.length && { '@odata.nextLink': link }) })
  }
}
