/**
 * Clients that are services of Exchange Online, as `ClientInfoString` names them: its own REST calls (205 of 318 reads in one tenant), the
 * assistants, monitoring and mail transport. `REST` alone is none: that is what anybody's application is called.
 */
const services: ReadonlySet<string> = new Set([
  ...['restsystem', 'tba', 'eba', 'monitoring', 'activemonitoring', 'hubtransport', 'hub transport'],
])

/** Whether a client of this name is a service: Microsoft's own, or somebody's application came through it. */
export function isServiceClient(name: string | undefined): boolean {
  return name !== undefined && services.has(name.toLowerCase())
}

/**
 * How the names begin, in lower case, under which Entra's services log what follows from what somebody asked for: `ServicePrincipal_<id>`, `Microsoft
 * Substrate Management`, `fim_password_service@support.onmicrosoft.com`, `Azure MFA StrongAuthenticationService`.
 */
const serviceUserBegins: readonly string[] = ['serviceprincipal_', 'microsoft ', 'microsoft.', 'fim_', 'azure ']

/** Whether a user of this name is a service of Entra's. */
export function isServiceUser(name: string): boolean {
  const lower = name.toLowerCase()
  return serviceUserBegins.some((begin) => lower.startsWith(begin))
}

const systemUser = /^(?:NT (?:AUTHORITY|SERVICE)\\|Microsoft\\ServiceOperator$|SHAREPOINT\\system$|S-1-5-18$)/i

/** Whether a user of this name is Exchange or SharePoint itself, or who runs them. */
export function isSystemUser(name: string): boolean {
  return systemUser.test(name)
}
