import { type Asked, complaintAbout, failed, json, type Reply, tenantId, type World } from './world.ts'

/** A content blob that the double holds. */
export interface Blob {
  readonly id: string
  readonly type: string
  readonly created: number
  readonly records: readonly object[]
  /** Whether the list says nothing of when it was created and expires. */
  readonly isTimeless?: boolean
  /** When it is first listed, if later than it says. */
  readonly listedAt?: number
  /** Where the list says it is, if elsewhere. */
  readonly uri?: string
  readonly expires?: number
}

export interface Feed {
  readonly blobs: Blob[]
  readonly subscriptions: Map<string, string | undefined>
  readonly starts: number[]
  pageSize: number
  isAuditOn: boolean
}

const base = `/api/v1.0/${tenantId}/activity/feed/`
const types = ['Audit.AzureActiveDirectory', 'Audit.Exchange', 'Audit.SharePoint', 'Audit.General', 'DLP.All']
const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The Management Activity API, as strict as its reference. */
export function management(world: World, feed: Feed) {
  return (asked: Asked): Reply | undefined => {
    const { url } = asked
    if (!/^\/api\/v1(\.0)?\//.test(url.pathname)) return undefined
    if (!url.pathname.startsWith(base)) return failed(400, 'AF20010', 'The tenant ID passed in the URL does not match.')
    const complaint = complaintAbout(asked, world, 'https://manage.office.com')
    if (complaint !== undefined)
      return { status: 401, body: `{"Message":"Authorization has been denied: ${complaint}."}` }
    if (!world.roles.has('ActivityFeed.Read'))
      return failed(401, 'AF10001', 'The permission set () sent in the request did not include ActivityFeed.Read.')
    if (url.searchParams.get('PublisherIdentifier') !== tenantId) return throttled
    const operation = url.pathname.slice(base.length)
    if (operation === 'subscriptions/list') return json([...feed.subscriptions].map(subscription))
    if (operation.startsWith('audit/')) return blob(decodeURIComponent(operation.slice('audit/'.length)))
    const type = url.searchParams.get('contentType') ?? ''
    if (!types.includes(type)) return failed(400, 'AF20020', `The content type '${type}' is not valid.`)
    if (operation === 'subscriptions/start') return start(asked, type)
    if (operation === 'subscriptions/content') return content(url, type)
    return failed(404, 'AF20000', 'no such operation')
  }

  function start({ method, headers }: Asked, type: string): Reply {
    feed.starts.push(world.now())
    if (method !== 'POST') return { status: 405 }
    if (headers['content-length'] !== '0') return { status: 411 }
    if (!feed.isAuditOn)
      return failed(
        400,
        'StartSubscription [TenantId=0f0e] failed. Exception',
        'DataServiceException: Tenant does not exist.',
      )
    if (feed.subscriptions.get(type) === 'enabled')
      return failed(400, 'AF20024', 'The subscription is already enabled.')
    feed.subscriptions.set(type, 'enabled')
    return json({ contentType: type, status: 'enabled', webhook: null })
  }

  function content(url: URL, type: string): Reply {
    if (!feed.subscriptions.has(type))
      return failed(400, 'AF20022', `No subscription found for the specified content type ${type}`)
    if (feed.subscriptions.get(type) === 'disabled')
      return failed(400, 'AF20023', 'The subscription was disabled by a tenant admin.')
    const [from, to] = [url.searchParams.get('startTime'), url.searchParams.get('endTime')].map(timeOf)
    if (from === undefined || to === undefined)
      return failed(400, 'AF20002', 'Invalid parameter type: startTime, endTime.')
    if (to <= from || to - from > dayMs)
      return failed(400, 'AF20030', 'Start time and end time must be less than or equal to 24 hours apart.')
    if (from < world.now() - 7 * dayMs - hourMs)
      return failed(400, 'AF20055', 'Start time is more than 7 days in the past.')
    const found = feed.blobs.filter(
      ({ type: of, created, listedAt = created }) =>
        of === type && created >= from && created < to && listedAt <= world.now(),
    )
    const page = Number(url.searchParams.get('nextPage') ?? 0)
    const next = new URL(url.href.replace('/api/v1.0/', '/api/v1.0/'))
    next.searchParams.set('nextPage', String(page + 1))
    next.searchParams.delete('PublisherIdentifier') // It is not documented that it stays.
    const hasMore = found.length > (page + 1) * feed.pageSize
    const listed = found.slice(page * feed.pageSize, (page + 1) * feed.pageSize).map(listing)
    return json(listed, 200, hasMore ? { NextPageUri: next.href } : {})
  }

  function listing({ id, type, created, uri, expires, isTimeless }: Blob) {
    return {
      contentType: type,
      contentId: id,
      contentUri: uri ?? `${world.root()}${base}audit/${id}`,
      contentCreated: isTimeless ? null : new Date(created).toISOString(),
      contentExpiration: isTimeless ? '' : new Date(expires ?? created + 7 * dayMs).toISOString(),
    }
  }

  function blob(id: string): Reply {
    const found = feed.blobs.find((each) => each.id === id)
    if (found === undefined) return failed(400, 'AF20050', 'The specified content does not exist.')
    if ((found.expires ?? found.created + 7 * dayMs) <= world.now()) return failed(400, 'AF20051', 'Content expired.')
    return json(found.records)
  }
}

/** Too many requests, as the reference has it: with status 403. Blob requests answer so with single quotes. */
export const throttled: Reply = {
  status: 403,
  body: `{'error':{'code':'AF429','message':'Too many requests. Method=GetBlob, PublisherId=00000000-0000-0000-0000-000000000000'}}`,
}

function subscription([contentType, status]: [string, string | undefined]) {
  return { contentType, ...(status !== undefined && { status }), webhook: null }
}

function timeOf(text: string | null): number | undefined {
  return text !== null && /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/.test(text)
    ? Date.parse(text.length === 10 ? text : `${text}Z`)
    : undefined
}
