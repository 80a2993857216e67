import { isIn, pagedLists, type Troubles } from './paged.ts'
import { type Asked, complaintAbout, failed, type Reply, type World } from './world.ts'

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
  readonly troubles: Troubles
}

const span = /^createdDateTime ge (\S+) and createdDateTime le (\S+?)( and signInEventTypes\/any\(t: t eq '\w+'\))?$/

/** Graph's list of sign-ins: newest first, filtered by time. */
export function signIns(world: World, log: SignInLog) {
  const pageOf = pagedLists<SignIn>(world, () => log.pageSize, log.troubles)

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
    return pageOf(url, () => found(url.searchParams.get('$filter'), version))
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
}
