import { isIn, pagedLists } from './paged.ts'
import { type Asked, complaintAbout, failed, type Reply, type World } from './world.ts'

export interface Trace {
  readonly id: string
  readonly receivedDateTime: string
  readonly senderAddress: string
  readonly recipientAddress: string
  status: string
  /** When Exchange has it, if later. */
  readonly loggedAt?: number
}

export interface MessageTraces {
  readonly traces: Trace[]
  pageSize: number
  /** Whether the tenant has the service principal that Exchange answers in the name of. */
  hasPrincipal: boolean
}

const span =
  /^receivedDateTime ge (\S+) and receivedDateTime le (\S+?)(?: and (sender|recipient)Address eq '((?:[^']|'')+)')?$/
const dayMs = 24 * 3_600_000
/** For an older start Exchange answers with an error. */
const keptMs = 90 * dayMs
const quota = { requests: 100, withinMs: 5 * 60_000 }

/** Graph's list of message traces: newest first, filtered by time and one address, within ten days of the last ninety, a hundred requests in five minutes. */
export function messageTraces(world: World, log: MessageTraces) {
  const pageOf = pagedLists<Omit<Trace, 'loggedAt'>>(world, () => log.pageSize)
  let asks: number[] = []

  return (asked: Asked): Reply | undefined => {
    const { url } = asked
    if (url.pathname !== '/v1.0/admin/exchange/tracing/messageTraces') return undefined
    const complaint = complaintAbout(asked, world, 'https://graph.microsoft.com')
    if (complaint !== undefined) return failed(401, 'InvalidAuthenticationToken', complaint)
    if (!world.roles.has('ExchangeMessageTrace.Read.All'))
      return failed(403, 'Forbidden', 'The caller does not have the permissions.')
    if (!log.hasPrincipal)
      return failed(401, 'Unauthorized', 'Service principal-less Authentication failed: it was not found.')
    asks = [...asks.filter((at) => at > world.now() - quota.withinMs), world.now()]
    if (asks.length > quota.requests) return failed(429, 'TooManyRequests', 'More than 100 requests in 5 minutes.')
    const top = Number(url.searchParams.get('$top'))
    if (!(top >= 1 && top <= 5000)) return failed(400, 'BadRequest', 'Invalid $top')
    const filter = url.searchParams.get('$filter')
    const [, from, to, role, address] = span.exec(filter ?? '') ?? []
    const isBegun = url.searchParams.has('$skiptoken')
    if (filter !== null && (from === undefined || to === undefined))
      return failed(400, 'BadRequest', 'Invalid filter clause')
    if (from !== undefined && to !== undefined && Date.parse(to) - Date.parse(from) > 10 * dayMs)
      return failed(400, 'BadRequest', 'The span of time is longer than 10 days')
    if (from !== undefined && Date.parse(from) < world.now() - keptMs)
      return failed(
        400,
        'BadRequest',
        'Invalid StartDate value. The StartDate can not be older than 90 days from today.',
      )
    return pageOf(url, () => (isBegun || from === undefined || to === undefined ? [] : found(from, to, role, address)))
  }

  function found(from: string, to: string, role?: string, address = ''): readonly Omit<Trace, 'loggedAt'>[] {
    const wanted = address.replaceAll("''", "'").toLowerCase()
    const isWanted = (trace: Trace) =>
      role === undefined || trace[`${role as 'sender' | 'recipient'}Address`].toLowerCase() === wanted
    return log.traces
      .filter((trace) => isIn(trace.receivedDateTime, from, to) && (trace.loggedAt ?? 0) <= world.now())
      .filter(isWanted)
      .map(({ loggedAt: _, ...trace }) => trace)
      .sort((a, b) => (a.receivedDateTime < b.receivedDateTime ? 1 : -1))
  }
}
