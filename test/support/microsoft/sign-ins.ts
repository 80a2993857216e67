import { type Asked, complaintAbout, failed, json, type Reply, type World } from './world.ts'

export interface SignIn {
  readonly id: string
  readonly createdDateTime: string
  /** When the log has it, if later. */
  readonly loggedAt?: number
}

export interface SignInLog {
  readonly signIns: SignIn[]
  pageSize: number
  isPremium: boolean
}

const span = /^createdDateTime ge (\S+) and createdDateTime le (\S+?)( and signInEventTypes\/any\(t: t eq '\w+'\))?$/

/** Graph's list of sign-ins: newest first, filtered by time. */
export function signIns(world: World, log: SignInLog) {
  const tokens = new Map<string, readonly SignIn[]>()

  return (asked: Asked): Reply | undefined => {
    const { url } = asked
    const [, version] = url.pathname.match(/^\/(v1\.0|beta)\/auditLogs\/signIns$/) ?? []
    if (version === undefined) return undefined
    const complaint = complaintAbout(asked, world, 'https://graph.microsoft.com')
    if (complaint !== undefined) return failed(401, 'InvalidAuthenticationToken', complaint)
    if (!world.roles.has('AuditLog.Read.All'))
      return failed(
        403,
        'Authentication_MSGraphPermissionMissing',
        'Calling principal does not have required permissions.',
      )
    if (!log.isPremium)
      return failed(
        403,
        'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
        'Neither tenant is B2C or tenant doesn’t have premium license',
      )
    const top = Number(url.searchParams.get('$top'))
    if (!(top >= 1 && top <= 1000)) return failed(400, 'BadRequest', 'Invalid $top')
    const skipToken = url.searchParams.get('$skiptoken')
    if (skipToken === null) return pageOf(found(url.searchParams.get('$filter'), version), 0, url)
    const [name = '', at] = skipToken.split('_')
    const list = tokens.get(name)
    return list === undefined
      ? failed(400, 'Directory_ExpiredPageToken', 'The page token has expired.')
      : pageOf(list, Number(at), url, name)
  }

  function found(filter: string | null, version: string): readonly SignIn[] {
    const [, from, to, kind] = span.exec(filter ?? '') ?? []
    if (from === undefined || to === undefined) return []
    if (kind !== undefined && version !== 'beta') return []
    const inSpan = log.signIns.filter(
      ({ createdDateTime, loggedAt = 0 }) => isIn(createdDateTime, from, to) && loggedAt <= world.now(),
    )
    return inSpan.sort((a, b) => (a.createdDateTime < b.createdDateTime ? 1 : -1))
  }

  function pageOf(list: readonly SignIn[], at: number, url: URL, name = `t${tokens.size}`): Reply {
    const next = at + log.pageSize
    if (next < list.length) tokens.set(name, list)
    const link = `${world.root()}${url.pathname}?$top=${url.searchParams.get('$top')}&$skiptoken=${name}_${next}`
    return json({
      '@odata.context': 'x',
      ...(next < list.length && { '@odata.nextLink': link }),
      value: list.slice(at, next),
    })
  }
}

/** Seven decimals compare as text, once the border has as many. */
function isIn(time: string, from: string, to: string): boolean {
  const long = (text: string) => text.replace(/(\.\d+)?Z$/, (_, fraction: string = '.') => `${fraction.padEnd(8, '0')}`)
  return long(time) >= long(from) && long(time) <= long(to)
}
