import type { Api } from './client.ts'
import type { Rules } from './problem.ts'
import type { Tenant } from './tenant.ts'

/** Microsoft Graph as this tenant reaches it, for addresses below `paths` of v1.0 and beta. */
export function graphApi({ graph }: Tenant, path: string, advice: string): Api {
  const paths = ['v1.0', 'beta'].map((version) => `/${version}/${path.toLowerCase()}`)
  return { name: 'Graph', root: new URL(graph.root), paths, scope: graph.scope, rules: rulesWith(advice) }
}

/** `advice` is for whoever gave the app too few permissions. */
function rulesWith(advice: string): Rules {
  return {
    codes: [
      // Tenants that have it are told so, too, nine times of ten (microsoftgraph/microsoft-graph-docs#14120).
      [
        /^Authentication_RequestFromNonPremiumTenant/,
        'doubt',
        'the tenant has no Entra ID P1 or P2; where it has, this is said at times all the same, and passes',
      ],
      [
        /^(Authentication_MSGraphPermissionMissing|Authorization_RequestDenied|Forbidden|accessDenied)$/,
        'stop',
        advice,
      ],
      [/^(InvalidAuthenticationToken|Unauthorized)$/, 'renew', advice],
      [/(ExpiredPageToken|Skip ?Token)/i, 'first page'],
      // As of the audit search in v1.0 in April 2025 (MC1052169).
      [
        /^Resource not found for the segment/,
        'stop',
        'this version of Graph has it no more, or not yet: where there is an option `version`, give the other one',
      ],
      [/^(TooManyRequests|activityLimitReached)$/, 'slow down'],
    ],
    // 509: "bandwidth limit exceeded", one of Graph's own.
    statuses: {
      403: { action: 'stop', advice },
      404: { action: 'gone' },
      410: { action: 'first page' },
      509: { action: 'slow down' },
    },
  }
}

/** An OData query whose names keep their `$` and whose blanks are `%20`, as Microsoft's examples are written. */
export function odataQuery(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}
