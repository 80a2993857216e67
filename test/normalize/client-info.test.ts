import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { documentOfAudit } from '../support/audit.ts'

describe('ClientInfoString is split', () => {
  test.each([
    ['Client=OWA;Mozilla/5.0 (Windows NT 10.0);', 'OWA', undefined, 'Mozilla/5.0 (Windows NT 10.0)'],
    ['Client=OWA;Action=ViaProxy', 'OWA', undefined, undefined],
    ['Client=MSExchangeRPC', 'MSExchangeRPC', undefined, undefined],
    ['Client=REST;Client=RESTSystem;;', 'RESTSystem', 'REST', undefined],
    ['Client=REST;;', 'REST', undefined, undefined],
    ['Client=POP3/IMAP4;Protocol=IMAP4', 'POP3/IMAP4', 'IMAP4', undefined],
    [
      'Client=WebServices;ExchangeServicesClient/15.00.0847.030;',
      'WebServices',
      undefined,
      'ExchangeServicesClient/15.00.0847.030',
    ],
    ['Client=;', undefined, undefined, undefined],
    ['nonsense', undefined, undefined, undefined],
    ['Client=A;'.repeat(10_000), 'A', 'A', undefined],
  ])('%.60s', (line, name, protocol, agent) => {
    const document = documentOfAudit({ ClientInfoString: line })

    expect(document['hoofprint.client.name']).toBe(name)
    expect(document['hoofprint.client.protocol']).toBe(protocol)
    expect(document['user_agent.original']).toBe(agent)
  })
})

describe('the application is named', () => {
  test.each<[string, JsonObject, string | undefined]>([
    ['by the record', { ApplicationDisplayName: 'eM Client', AppId: exchange() }, 'eM Client'],
    ['by the id of a mail program of others', { ClientAppId: 'e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd' }, 'eM Client'],
    ['by its id', { AppId: exchange().toUpperCase() }, 'Office 365 Exchange Online'],
    [
      'by the id of the client rather than of what it called',
      { ClientAppId: outlook(), AppId: exchange() },
      'Outlook Mobile',
    ],
    ['by the id in its line', { ClientInfoString: `Client=REST;Sync[AppId=${outlook()}];` }, 'Outlook Mobile'],
    [
      'not at all when the client is unknown',
      { AppAccessContext: { ClientAppId: stranger() }, AppId: exchange() },
      undefined,
    ],
  ])('%s', (_, record, name) => {
    expect(documentOfAudit(record)['application.name']).toBe(name)
  })
})

function exchange(): string {
  return '00000002-0000-0ff1-ce00-000000000000'
}

function outlook(): string {
  return '27922004-5251-4030-b22d-91ecd9a37ea4'
}

function stranger(): string {
  return '11111111-2222-3333-4444-555555555555'
}
