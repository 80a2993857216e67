/** A program that somebody uses, as the logs name it. Microsoft's application ids are the same in every tenant. */
export type Client = {
  info: string
  userAgent: string
  appId: string
  app: string
  os: string
  browser: string
  used: string
  process?: { name: string; version: string }
}

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36'
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'

const web = { appId: '9199bf20-a13f-4107-85dc-02114787ef48', app: 'One Outlook Web', used: 'Browser' }

export const clients = {
  /** Outlook on the web, in the browser of the firm's machines. */
  owa: { ...web, info: `Client=OWA;${chrome};`, userAgent: chrome, os: 'Windows10', browser: 'Chrome 143.0.0' },
  /** Outlook on the web, in the intruder's browser. */
  firefox: { ...web, info: `Client=OWA;${firefox};`, userAgent: firefox, os: 'Linux', browser: 'Firefox 128.0' },
  outlook: {
    info: 'Client=MSExchangeRPC',
    userAgent: 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.19328; Pro)',
    appId: 'd3590ed6-52b3-4102-aeff-aad2292ab01c',
    app: 'Microsoft Office',
    os: 'Windows10',
    browser: 'Rich Client 4.65.0',
    used: 'Mobile Apps and Desktop clients',
    process: { name: 'OUTLOOK.EXE', version: '16.0.19328.20178' },
  },
  phone: {
    info: 'Client=OutlookService;Outlook-iOS/2.0;',
    userAgent: 'Outlook-iOS/730.2601.1.0 (iPhone15,4; iOS 18.2)',
    appId: '27922004-5251-4030-b22d-91ecd9a37ea4',
    app: 'Outlook Mobile',
    os: 'Ios 18.2',
    browser: 'Mobile Safari',
    used: 'Mobile Apps and Desktop clients',
  },
  powershell: {
    info: 'Client=WebServices;ExchangeOnlineManagement',
    userAgent: 'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.26100.1882',
    appId: 'fb78d390-0c51-40cd-8e17-fdbfab77341b',
    app: 'Microsoft Exchange REST API Based Powershell',
    os: 'Windows10',
    browser: 'Other',
    used: 'Mobile Apps and Desktop clients',
  },
  guessing: {
    info: '',
    userAgent: 'python-requests/2.32.3',
    appId: '1b730954-1685-4b74-9bfd-dac224a7b894',
    app: 'Azure Active Directory PowerShell',
    os: 'Unknown',
    browser: 'Python Requests 2.32',
    used: 'Other clients',
  },
  imap: {
    info: 'Client=POP3/IMAP4;Protocol=IMAP4',
    userAgent: 'BAV2ROPC',
    appId: '00000002-0000-0ff1-ce00-000000000000',
    app: 'Office 365 Exchange Online',
    os: 'Unknown',
    browser: 'Other',
    used: 'IMAP4',
  },
} satisfies Record<string, Client>
