/** Where a national cloud has its services; undefined where Microsoft documents none. */
export interface Cloud {
  readonly login: string
  readonly management: string | undefined
  readonly graph: string
  /** Whether it is the global service: for no other does Microsoft document searches of the audit log or message traces in Graph. */
  readonly isGlobal: boolean
}

// Management API: its reference, "Activity API operations". Login and Graph: "Microsoft Graph national cloud deployments";
// GCC uses the worldwide ones. Of the audit search Microsoft's support
// says that GCC High has none. 21Vianet: the Management API's reference names no endpoint.
export const clouds = {
  commercial: {
    login: 'https://login.microsoftonline.com',
    management: 'https://manage.office.com',
    graph: 'https://graph.microsoft.com',
    isGlobal: true,
  },
  gcc: {
    login: 'https://login.microsoftonline.com',
    management: 'https://manage-gcc.office.com',
    graph: 'https://graph.microsoft.com',
    isGlobal: true,
  },
  'gcc-high': {
    login: 'https://login.microsoftonline.us',
    management: 'https://manage.office365.us',
    graph: 'https://graph.microsoft.us',
    isGlobal: false,
  },
  dod: {
    login: 'https://login.microsoftonline.us',
    management: 'https://manage.protection.apps.mil',
    graph: 'https://dod-graph.microsoft.us',
    isGlobal: false,
  },
  'china-21vianet': {
    login: 'https://login.partner.microsoftonline.cn',
    management: undefined,
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    isGlobal: false,
  },
} as const satisfies Record<string, Cloud>

export type CloudName = keyof typeof clouds
