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
      [/^Authentication_RequestFromNonPremiumTenant/, 'stop', 'the tenant has no Entra ID P1 or P2'],
      [
        /^(Authentication_MSGraphPermissionMissing|Authorization_RequestDenied|Forbidden|accessDenied)$/,
        'stop',
        advice,
      ],
      [/^(InvalidAuthenticationToken|Unauthorized)$/, 'renew', advice],
      [/(ExpiredPageToken|SkipToken)/i, 'first page'],
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
