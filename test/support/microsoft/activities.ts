import { type Asked, complaintAbout, json, type Reply, type World } from './world.ts'

export interface Activity {
  readonly Id: string
  readonly TimeStamp: string
  readonly ActivityIdType: string
}

export const mailbox = "o'neil@contoso.example"

const filter = /^\(TimeStamp ge (\S+)\) and \(TimeStamp le (\S+)\)(?: and \((ActivityIdType eq .+)\))?$/
const fields = 'TimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties'

/** The Outlook Activities API of 2018: behind a header, paged by $top and $skip. */
export function activitiesApi(world: World, activities: Activity[]) {
  return (asked: Asked): Reply | undefined => {
    const { url, headers } = asked
    if (!url.pathname.startsWith('/api/v2.0/Users(')) return undefined
    const complaint = complaintAbout(asked, world, world.root())
    if (complaint !== undefined)
      return { status: 401, headers: { 'x-ms-diagnostics': `2000008;reason="${complaint}.";error_category="invalid"` } }
    if (headers['prefer'] !== 'exchange.behavior="ActivityAccess"') return { status: 404 }
    if (decodeURIComponent(url.pathname) !== `/api/v2.0/Users('${mailbox.replace("'", "''")}')/Activities`) {
      return json({ error: { code: 'ErrorInvalidUser', message: 'The requested user is invalid.' } }, 404)
    }
    const query = url.searchParams
    const [, from, to, kinds] = filter.exec(query.get('$filter') ?? '') ?? []
    const [top, skip] = [Number(query.get('$top')), Number(query.get('$skip'))]
    if (from === undefined || to === undefined || !(top >= 1 && top <= 1000) || query.get('$select') !== fields) {
      return json({ error: { code: 'RequestBroker--ParseUri', message: `Could not parse ${url.search}` } }, 400)
    }
    const types = kinds?.split(' or ').map((kind) => kind.replace(/^ActivityIdType eq '(\w+)'$/, '$1'))
    const found = activities
      .filter(
        ({ TimeStamp, ActivityIdType }) =>
          TimeStamp >= from && TimeStamp <= to && (types?.includes(ActivityIdType) ?? true),
      )
      .sort((a, b) => (query.get('$orderby') === 'TimeStamp asc' && a.TimeStamp < b.TimeStamp ? -1 : 1))
    return json({ value: found.slice(skip, skip + top) })
  }
}
