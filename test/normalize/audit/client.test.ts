import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { normalizer } from '#src/normalize/index.ts'
import { auditActivity, documentOfAudit } from '../../support/audit.ts'

test.each<[JsonObject, string | undefined, string | undefined, number | undefined]>([
  [{ ClientIP: '198.51.100.23' }, '198.51.100.23', '198.51.100.23', undefined],
  [{ ClientIP: '198.51.100.23:16902' }, '198.51.100.23:16902', '198.51.100.23', 16902],
  [{ ClientIPAddress: '[2001:db8::5]:54088' }, '[2001:db8::5]:54088', '2001:db8::5', 54088],
  [{ ClientIPAddress: '2001:db8:800:125::13' }, '2001:db8:800:125::13', '2001:db8:800:125::13', undefined],
  [{ ClientIP: '::ffff:198.51.100.23' }, '::ffff:198.51.100.23', '198.51.100.23', undefined],
  [{ ClientIP: '[::ffff:198.51.100.23]:12345' }, '[::ffff:198.51.100.23]:12345', '198.51.100.23', 12345],
  [{ ClientIP: 'MAIL7 (198.51.100.23)' }, 'MAIL7 (198.51.100.23)', '198.51.100.23', undefined],
  [{ ClientIP: 'client.contoso.example:12345' }, 'client.contoso.example:12345', undefined, undefined],
  [{ ClientIP: '198.5100.100.7' }, '198.5100.100.7', undefined, undefined],
  [{ ClientIP: '203.0.113.66, 10.1.2.3' }, '203.0.113.66, 10.1.2.3', '203.0.113.66', undefined],
  [
    { ClientIP: 'unknown;203.0.113.66:5050;192.0.2.4:80' },
    'unknown;203.0.113.66:5050;192.0.2.4:80',
    '203.0.113.66',
    5050,
  ],
  [{ ClientIP: '[2001:db8::5]:443,[2001:db8::6]:443' }, '[2001:db8::5]:443,[2001:db8::6]:443', '2001:db8::5', 443],
  [{ ClientIP: 'one, two' }, 'one, two', undefined, undefined],
  [{ ClientIP: '<null>', ActorIpAddress: '203.0.113.3' }, '203.0.113.3', '203.0.113.3', undefined],
  [{ ClientIP: '<null>' }, undefined, undefined, undefined],
  // The order in which they are tried; what is no address does not stand in the way of one.
  [{ ActorIP: '203.0.113.4', ActorIpAddress: '203.0.113.3' }, '203.0.113.3', '203.0.113.3', undefined],
  [{ ActorIpAddress: '203.0.113.3', ClientIP: '203.0.113.2' }, '203.0.113.2', '203.0.113.2', undefined],
  [{ ClientIP: '203.0.113.2', ClientIPAddress: '203.0.113.1' }, '203.0.113.1', '203.0.113.1', undefined],
  [
    { ClientIPAddress: 'localhost', ClientIP: '', ActorIpAddress: '203.0.113.3' },
    '203.0.113.3',
    '203.0.113.3',
    undefined,
  ],
  [
    { ClientIPAddress: null, ClientIP: ['203.0.113.2'], ActorIP: '203.0.113.4' },
    '203.0.113.4',
    '203.0.113.4',
    undefined,
  ],
  [{ ClientIPAddress: 'localhost', ClientIP: 'nowhere' }, 'localhost', undefined, undefined],
  [{ ClientIP: '' }, undefined, undefined, undefined],
  [{}, undefined, undefined, undefined],
])('the client of %j is at %s: address %s, port %s', (record, address, ip, port) => {
  const document = documentOfAudit(record)

  for (const side of ['source', 'client'] as const) {
    expect(document[`${side}.address`]).toBe(address)
    expect(document[`${side}.ip`]).toBe(ip)
    expect(document[`${side}.port`]).toBe(port)
  }
  expect(document['related.ip']?.[0]).toBe(ip)
})

test('whatever further addresses a record has are found beside the client’s', () => {
  const { 'source.ip': ip, 'related.ip': related } = documentOfAudit({
    ...{ ClientIP: '203.0.113.2:443', ClientIPAddress: '203.0.113.1', ActorIpAddress: '2001:db8::5' },
    ...{ ActorIP: '203.0.113.1', SenderIp: '192.0.2.9' },
  })

  expect(ip).toBe('203.0.113.1')
  expect(related).toEqual(['203.0.113.1', '203.0.113.2', '2001:db8::5', '192.0.2.9'])
  expect(documentOfAudit({ ClientIP: '203.0.113.2', ActorIpAddress: '203.0.113.2' })['related.ip']).toEqual([
    '203.0.113.2',
  ])
})

test.each<[string, string | undefined, string | undefined, string | undefined]>([
  ['AM0PR01MB0001 (15.20.9000.021)\r\n', 'AM0PR01MB0001', '15.20.9000.021', undefined],
  ['AM0PR01MB0001 (192.0.2.44)', 'AM0PR01MB0001', '192.0.2.44', '192.0.2.44'],
  ['AM0PR01MB0001', 'AM0PR01MB0001', 'AM0PR01MB0001', undefined],
  ['', undefined, undefined, undefined],
])('the server %j is %s at %s', (OriginatingServer, domain, address, ip) => {
  const document = documentOfAudit({ OriginatingServer })

  expect(document['server.domain']).toBe(domain)
  expect(document['server.address']).toBe(address)
  expect(document['server.ip']).toBe(ip)
})

test.each<[JsonObject, string | undefined]>([
  [{ UserAgent: 'A/1', ClientInfoString: 'Client=OWA;B/1;' }, 'A/1'],
  [{ ExtendedProperties: [{ Name: 'UserAgent', Value: 'A/2' }] }, 'A/2'],
  [{ ExtendedProperties: [{ Name: 'additionalDetails', Value: '{"User-Agent":"A/3"}' }] }, 'A/3'],
  [{ ExtendedProperties: [{ Name: 'additionalDetails', Value: '{"User-Agent":3}' }] }, undefined],
  [{ ExtendedProperties: [{ Name: 'additionalDetails', Value: '{"User-Ag' }] }, undefined],
  [
    { ClientInfoString: 'Client=OWA;Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131;' },
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131',
  ],
  [
    { ClientInfoString: 'Client=WebServices;ExchangeServicesClient/15.00.0913.015;' },
    'ExchangeServicesClient/15.00.0913.015',
  ],
  [{ ClientInfoString: 'Client=ActiveSync;UserAgent=Apple-iPhone12C1/2101.1;Action=/Sync' }, 'Apple-iPhone12C1/2101.1'],
  [{ ClientInfoString: 'Client=OWA;Action=ViaProxy' }, undefined],
  [{ ClientInfoString: 'Client=POP3/IMAP4;Protocol=POP3/IMAP4' }, undefined],
  [{ ClientInfoString: 'Client=MSExchangeRPC' }, undefined],
  [{ ClientInfoString: 'Client=REST;;' }, undefined],
  [{ ActorInfoString: 'Client=OWA;A/4;' }, 'A/4'],
  [{ BrowserName: 'Chrome', BrowserVersion: '131.0' }, 'Chrome/131.0'],
  [{ BrowserName: 'Chrome' }, 'Chrome'],
])('the user agent in %j is %s', (record, agent) => {
  expect(documentOfAudit(record)['user_agent.original']).toBe(agent)
})

test.each<[JsonObject, boolean]>([
  [{ ClientInfoString: 'Client=REST;Client=RESTSystem;;' }, true],
  [{ ClientIPAddress: '::1' }, true],
  [{ ClientIP: '127.0.0.1:443' }, true],
  [{ UserId: 'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)' }, true],
  [{ UserId: 'S-1-5-18' }, true],
  [{ LogonType: 4 }, true],
  [{ UserType: 3 }, true],
  [{ ClientInfoString: 'Client=REST;;', UserId: 'alice@contoso.example', LogonType: 0, UserType: 0 }, false],
  [{ ClientIPAddress: '2001:db8::1', UserId: 'S-1-5-21-1-2-3-4' }, false],
  // Graph Command Line Tools, which anybody runs; Office 365 Search Service, which nobody does.
  [{ AppId: '14d82eec-204b-4c2f-b7e8-296a70dab67e', ClientInfoString: 'Client=REST;Client=RESTSystem;;' }, false],
  [{ AppId: '66a88757-258c-4c72-893c-3e8bed4d6899', ClientInfoString: 'Client=REST;Client=RESTSystem;;' }, true],
])('that %j was done by a service of Microsoft: %s', (record, isService) => {
  expect(documentOfAudit(record).tags?.includes('microsoft-service')).toBe(isService)
})

const foreign = { ClientAppId: '11111111-2222-4333-8444-555555555555', UserAgent: 'python-requests/2.31' }

test.each<[JsonObject, boolean]>([
  [{ ...foreign, ClientInfoString: 'Client=REST;Client=RESTSystem;;' }, false],
  [{ ...foreign, ClientInfoString: 'Client=REST;;' }, true],
  [{ ...foreign, ClientInfoString: 'Client=OWA;Mozilla/5.0' }, true],
])('from where %j was done counts as the own user’s: %s', (record, isOwn) => {
  const activity = auditActivity({ ...record, UserId: 'alice@contoso.example', ClientIPAddress: '203.0.113.66' })

  const { usage } = normalizer.keys(activity)

  expect(usage).toEqual({ ip: '203.0.113.66', userAgent: 'python-requests/2.31', isOwn, asks: false })
})

test.each<[JsonObject, string | undefined]>([
  [{ SessionId: 's-1', AppAccessContext: { AADSessionId: 's-3' } }, 's-1'],
  [{ DeviceProperties: [{ Name: 'SessionId', Value: 's-2' }] }, 's-2'],
  [{ AppAccessContext: { AADSessionId: 's-3' } }, 's-3'],
  [{ AppAccessContext: '{"AADSessionId":"s-3"}' }, 's-3'],
  [{ SessionId: '00000000-0000-0000-0000-000000000000', AppAccessContext: { AADSessionId: 's-3' } }, 's-3'],
  [{ SessionId: '' }, undefined],
  [{ SessionId: '5E550000-0000-4000-8000-00000000ABCD' }, '5e550000-0000-4000-8000-00000000abcd'],
  [{ SessionId: 'S-1' }, 'S-1'],
])('the session of %j is %s', (record, session) => {
  expect(documentOfAudit(record)['session.id']).toBe(session)
})

test('an alert that names an address uses none: what it speaks of has a record of its own', () => {
  const told = { Operation: 'AadRiskDetection', UserId: 'alice@contoso.example', ClientIP: '203.0.113.66' }

  expect(normalizer.keys(auditActivity(told)).usage).toBeUndefined()
})

test('who releases a mail from quarantine does that from where he is, though it stands among alerts', () => {
  const told = { Operation: 'QuarantineReleaseMessage', UserId: 'alice@contoso.example', ClientIP: '203.0.113.66' }

  expect(normalizer.keys(auditActivity(told)).usage).toMatchObject({ ip: '203.0.113.66', isOwn: true })
})
