/** Where a national cloud has its services; undefined where Microsoft documents none. */
export interface Cloud {
  readonly login: string
  readonly management: string | undefined
  readonly graph: string
  /** Whether the audit log can be searched through Graph. */
  readonly hasAuditSearch: boolean
}

// Management API: its reference, "Activity API operations". Login and Graph: "Microsoft Graph national cloud deployments";
// GCC uses the worldwide ones. The audit search is documented for the global service only, and Microsoft's support
// says that GCC High has none. 21Vianet: the Management API's reference names no endpoint.
export const clouds = {
  commercial: {
    login: 'https://login.microsoftonline.com',
    management: 'https://manage.office.com',
    graph: 'https://graph.microsoft.com',
    hasAuditSearch: true,
  },
  gcc: {
    login: 'https://login.microsoftonline.com',
    management: 'https://manage-gcc.office.com',
    graph: 'https://graph.microsoft.com',
    hasAuditSearch: true,
  },
  'gcc-high': {
    login: 'https://login.microsoftonline.us',
    management: 'https://manage.office365.us',
    graph: 'https://graph.microsoft.us',
    hasAuditSearch: false,
  },
  dod: {
    login: 'https://login.microsoftonline.us',
    management: 'https://manage.protection.apps.mil',
    graph: 'https://dod-graph.microsoft.us',
    hasAuditSearch: false,
  },
  'china-21vianet': {
    login: 'https://login.partner.microsoftonline.cn',
    management: undefined,
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    hasAuditSearch: false,
  },
} as const satisfies Record<string, Cloud>

export type CloudName = keyof typeof clouds
