import { describe, expect, test } from '@jest/globals'
import type { Request, Sessions } from '#src/case/sessions.ts'
import type { EcsDocument } from '#src/document.ts'
import { judgeOf, type Mark, matching, traitOf } from '#src/marks.ts'
import { actorsOf } from '#src/render/actors.ts'

const stranger = '7d1e9a3f-2b88-4c10-9f55-c0aa41e2b6d1'
const outlook = '27922004-5251-4030-b22d-91ecd9a37ea4'

test.each([
  ['203.0.113.66', { kind: 'ip', value: '203.0.113.66' }],
  ['2001:DB8::1', { kind: 'ip', value: '2001:db8::1' }],
  ['192.0.2.0/24', { kind: 'cidr', value: '192.0.2.0/24' }],
  ['as64500', { kind: 'asn', value: 'AS64500' }],
  ['dk', { kind: 'country', value: 'DK' }],
  ['user-agent:curl/8.5, on X', { kind: 'user-agent', value: 'curl/8.5, on x' }],
  ['0c3d686b7-d8f4-413e', { kind: 'session', value: '0c3d686b7-d8f4-413e' }],
  ['user:Ralf@Contoso.example', { kind: 'user', value: 'ralf@contoso.example' }],
  ['USER:Ralf@Contoso.example', { kind: 'user', value: 'ralf@contoso.example' }],
  [`Application:${stranger}`, { kind: 'application', value: stranger }],
  ['session:dk', { kind: 'session', value: 'dk' }],
  [stranger, { kind: 'session', value: stranger }],
  [`application:${stranger.toUpperCase()}`, { kind: 'application', value: stranger }],
])('%s is known for what it is', (text, trait) => {
  expect(traitOf(text)).toEqual(trait)
})

test.each([
  '',
  'a b',
  '192.0.2.0/33',
  '2001:db8::/129',
  'ip:DK',
  'cidr:192.0.2.1',
  'country:',
  'application:eM Client',
  'application:',
  'user:',
  'alice@contoso.example',
])('"%s" names nothing, and is refused', (text) => {
  expect(() => traitOf(text)).toThrow(`"${text}" is no session id`)
})

describe('whose an event is', () => {
  const at = '203.0.113.66'
  const home = '198.51.100.7'

  test('is not known where nothing is marked', () => {
    expect(whose([], { 'source.ip': at })).toEqual(['unknown', undefined])
  })

  test.each([
    ['its address', [hostile(at)], { 'source.ip': at }, ['intruder', 'record']],
    ['its network', [hostile('203.0.113.0/24')], { 'source.ip': at }, ['intruder', 'record']],
    [
      'another way of writing its address',
      [hostile('2001:db8:0:0::1')],
      { 'source.ip': '2001:db8::1' },
      ['intruder', 'record'],
    ],
    ['its client', [hostile('user-agent:Axios')], { 'user_agent.original': 'axios' }, ['intruder', 'record']],
    [
      'its network operator',
      [hostile('AS64500')],
      { 'source.ip': at, 'source.as.number': 64500 },
      ['intruder', 'record'],
    ],
    ['its country', [hostile('SG')], { 'source.geo.country_iso_code': 'SG' }, ['intruder', 'record']],
    ['its session', [hostile('session:s-1')], { 'session.id': 's-1' }, ['intruder', 'session']],
    ['a session used from a hostile address alone', [hostile(at)], { 'session.id': 's-used' }, ['intruder', 'session']],
    [
      'a session used from a hostile address, and by a service of Microsoft’s for whoever is in it',
      [hostile(at)],
      { 'session.id': 's-served' },
      ['intruder', 'session'],
    ],
    [
      'a session used from a hostile address and from one that nobody marked, which may be the owner’s whose token was stolen',
      [hostile(at)],
      { 'session.id': 's-shared', 'source.ip': home },
      ['intruder', 'inferred'],
    ],
    [
      'a session used from a hostile address, and from a machine that anybody may have rented of Microsoft',
      [hostile(at)],
      { 'session.id': 's-rented' },
      ['intruder', 'inferred'],
    ],
    [
      'its country, in a session that was used from there',
      [hostile('SG')],
      { 'session.id': 's-abroad', 'source.ip': at, 'source.geo.country_iso_code': 'SG' },
      ['intruder', 'record'],
    ],
    [
      'its client, in a session that was used from a hostile address',
      [hostile(at), hostile('user-agent:axios')],
      { 'session.id': 's-shared', 'source.ip': home, 'user_agent.original': 'axios' },
      ['intruder', 'record'],
    ],
    [
      'its session, used from a hostile country, though its own country is the owner’s',
      [hostile('SG'), trusted('DK')],
      { 'session.id': 's-abroad', 'source.ip': home, 'source.geo.country_iso_code': 'DK' },
      ['intruder', 'inferred'],
    ],
    [
      'its application',
      [hostile(`application:${stranger}`)],
      { 'hoofprint.application.id': stranger, 'source.ip': '192.0.2.4' },
      ['intruder', 'record'],
    ],
    [
      'its application, though a service’s address says nothing',
      [hostile(`application:${stranger}`)],
      { 'hoofprint.application.id': stranger, tags: ['read', 'microsoft-service'] },
      ['intruder', 'record'],
    ],
    [
      'the owner’s application',
      [trusted(`application:${stranger}`), hostile('AS64500')],
      { 'hoofprint.application.id': stranger, 'source.as.number': 64500 },
      ['owner', 'record'],
    ],
    [
      'its user, from wherever',
      [hostile('user:ralf@contoso.example')],
      { 'user.id': 'Ralf@contoso.example', 'source.ip': home },
      ['intruder', 'record'],
    ],
    [
      'its user, though a service’s address says nothing',
      [hostile('user:ralf@contoso.example')],
      { 'user.id': 'ralf@contoso.example', 'source.ip': '40.96.0.9', tags: ['read', 'microsoft-service'] },
      ['intruder', 'record'],
    ],
    [
      'nobody, where somebody tried to log on as this user',
      [hostile('user:ralf@contoso.example')],
      { 'user.id': 'ralf@contoso.example', 'hoofprint.category': 'logon', 'event.outcome': 'failure' },
      ['unknown', undefined],
    ],
    [
      'the owner’s user, where nothing else tells',
      [trusted('user:ralf@contoso.example')],
      { 'user.id': 'ralf@contoso.example', 'source.ip': at },
      ['owner', 'record'],
    ],
    [
      'the application that was let in',
      [hostile(`application:${stranger}`)],
      { 'hoofprint.application.id': stranger, 'hoofprint.category': 'consent', 'source.ip': home },
      ['intruder', 'inferred'],
    ],
    [
      'the address of whoever let it in',
      [hostile(`application:${stranger}`), trusted(home)],
      { 'hoofprint.application.id': stranger, 'hoofprint.category': 'consent', 'source.ip': home },
      ['owner', 'record'],
    ],
    [
      'its session by another of its names',
      [hostile('session:s-1')],
      { 'session.id': 's-1', 'hoofprint.session.id': 's-0' },
      ['intruder', 'session'],
    ],
    ['the logon of its session', [hostile(at)], logon('session'), ['intruder', 'session']],
    [
      'the logon of its session, where a service’s address says nothing',
      [hostile(at)],
      { ...logon('session'), 'source.ip': '40.96.0.9', tags: ['read', 'microsoft-service'] },
      ['intruder', 'session'],
    ],
    [
      'the country of the logon of its session',
      [hostile('SG')],
      { ...logon('session'), 'hoofprint.logon.geo.country_iso_code': 'SG' },
      ['intruder', 'session'],
    ],
    ['the nearest logon', [hostile(at)], logon('nearest'), ['intruder', 'inferred']],
  ] as const)('is told by %s', (_, marks, document, expected) => {
    expect(whose(marks, document)).toEqual(expected)
  })

  test.each([
    ['an address inside a network', [hostile(at), trusted('203.0.113.0/24')], { 'source.ip': at }, 'intruder'],
    [
      'a smaller network',
      [trusted('203.0.113.0/28'), hostile('203.0.113.0/24')],
      { 'source.ip': '203.0.113.3' },
      'owner',
    ],
    [
      'an address in a country',
      [hostile(at), trusted('DK')],
      { 'source.ip': at, 'source.geo.country_iso_code': 'DK' },
      'intruder',
    ],
    [
      "the owner's address in a hostile session",
      [hostile('session:s-1'), trusted(home)],
      { 'session.id': 's-1', 'source.ip': home },
      'owner',
    ],
    [
      "the owner's session from a hostile address",
      [trusted('session:s-1'), hostile(at)],
      { 'session.id': 's-1', 'source.ip': at },
      'owner',
    ],
    [
      'the intruder’s application in the session in which the owner let it in',
      [hostile(`application:${stranger}`), trusted('session:s-1')],
      { 'session.id': 's-1', 'hoofprint.application.id': stranger },
      'intruder',
    ],
    [
      'the owner’s address, from which an account that is the intruder’s was used',
      [hostile('user:ralf@contoso.example'), trusted(home)],
      { 'source.ip': home, 'user.id': 'ralf@contoso.example' },
      'owner',
    ],
    [
      'the owner’s session, in an account that is the intruder’s',
      [hostile('user:ralf@contoso.example'), trusted('session:s-1')],
      { 'session.id': 's-1', 'user.id': 'ralf@contoso.example' },
      'owner',
    ],
    [
      'an account that is the intruder’s, in the owner’s country',
      [hostile('user:ralf@contoso.example'), trusted('DK')],
      { 'source.geo.country_iso_code': 'DK', 'user.id': 'ralf@contoso.example' },
      'intruder',
    ],
    [
      'a hostile country, whatever account of the owner’s is used from there',
      [trusted('user:ralf@contoso.example'), hostile('SG')],
      { 'source.geo.country_iso_code': 'SG', 'user.id': 'ralf@contoso.example' },
      'intruder',
    ],
    [
      'the owner’s address, where both use the application',
      [hostile(`application:${stranger}`), trusted(home)],
      { 'source.ip': home, 'hoofprint.application.id': stranger },
      'owner',
    ],
    [
      'a hostile address, whatever application of the owner’s is used from there',
      [trusted(`application:${stranger}`), hostile(at)],
      { 'source.ip': at, 'hoofprint.application.id': stranger },
      'intruder',
    ],
    [
      'a session that was used from a hostile address, whatever the application',
      [trusted(`application:${stranger}`), hostile(at)],
      { 'session.id': 's-used', 'hoofprint.application.id': stranger },
      'intruder',
    ],
    [
      'the owner’s session, where the application is Microsoft’s and everybody’s',
      [hostile(`application:${outlook}`), trusted('session:s-1')],
      { 'session.id': 's-1', 'hoofprint.application.id': outlook },
      'owner',
    ],
    [
      'an application of Microsoft’s, where nothing else tells',
      [hostile(`application:${outlook}`), trusted('DK')],
      { 'hoofprint.application.id': outlook, 'source.geo.country_iso_code': 'DK' },
      'intruder',
    ],
    [
      'a stolen session, not the country of its owner',
      [hostile(at), trusted('DK')],
      { 'session.id': 's-used', 'source.geo.country_iso_code': 'DK' },
      'intruder',
    ],
  ] as const)('is decided by %s', (_, marks, document, expected) => {
    expect(whose(marks, document)[0]).toBe(expected)
  })

  test('is not told by an address of a service, nor by that from which a mail came, or of which an alert tells', () => {
    expect(whose([hostile(at)], { 'source.ip': at, tags: ['read', 'microsoft-service'] })[0]).toBe('unknown')
    for (const category of ['delivery', 'alert'])
      expect(whose([hostile(at)], { 'source.ip': at, 'hoofprint.category': category })[0]).toBe('unknown')
  })

  test('is not told by the logon of its session where it was done from an address of its own: the token may have been stolen', () => {
    expect(whose([trusted(at)], { ...logon('session'), 'source.ip': home })[0]).toBe('unknown')
  })

  test('is not told by a session that was used from an address of the owner’s, wherever that is', () => {
    expect(whose([hostile('SG'), trusted(abroad)], { 'session.id': 's-abroad' })[0]).toBe('unknown')
  })

  test('is not told by a session in which the intruder’s application acted, for its owner may have let it in there', () => {
    expect(whose([hostile(`application:${stranger}`)], { 'session.id': 's-1' })[0]).toBe('unknown')
  })

  test('is inferred where a service did what somebody had asked for, of accounts alone', () => {
    const byService = { 'user.id': 'ServicePrincipal_1', 'user.target.email': 'alice@contoso.example' }

    expect(whose([hostile(at)], { ...byService, 'hoofprint.category': 'account' })).toEqual(['intruder', 'inferred'])
    expect(whose([hostile(at)], { ...byService, 'hoofprint.category': 'admin' })[0]).toBe('unknown')
  })

  test.each([
    'session:s-used',
    at,
    'SG',
  ])('is inferred where a service did what was asked for in what %s marks', (mark) => {
    const byService = { 'user.id': 'ServicePrincipal_1', 'hoofprint.category': 'account' }

    expect(whose([hostile(mark)], { ...byService, 'user.target.email': 'Bob@contoso.example' })).toEqual([
      'intruder',
      'inferred',
    ])
  })

  test.each([
    ['somebody did', { 'user.id': 'admin@contoso.example' }],
    ['a service did from an address', { 'user.id': 'ServicePrincipal_1', 'source.ip': home }],
  ])('is not that of whoever asked for something just before what %s', (_, by) => {
    const done = { ...by, 'user.target.email': 'alice@contoso.example', 'hoofprint.category': 'account' }

    expect(whose([hostile(at)], done)[0]).toBe('unknown')
  })

  function logon(method: string) {
    return { 'hoofprint.logon.ip': at, 'hoofprint.logon.method': method }
  }

  const abroad = '203.0.113.99'
  const rented = '20.40.0.9'
  const usages: Readonly<Record<string, readonly string[]>> = {
    's-used': [at],
    's-abroad': [abroad],
    's-rented': [at, rented],
    's-shared': [home, at],
    's-served': [at, '40.96.0.9'],
  }

  const requests: Readonly<Record<string, Request>> = {
    'alice@contoso.example': { ip: at, userAgent: '', session: undefined },
    'bob@contoso.example': { ip: home, userAgent: '', session: 's-used', country: 'SG' },
  }

  /** A case in which sessions were used from the hostile address, one of them also from home, and alice asked for something from there; bob in one of these. */
  function whose(marks: readonly Mark[], given: Readonly<Record<string, unknown>>) {
    const session = given['session.id']
    const document = {
      ...{ 'event.action': 'Any', 'hoofprint.category': 'read', 'event.id': '1', 'hoofprint.session.id': session },
      ...given,
    }
    const sessions: Sessions = {
      key: (id) => id,
      ofToken: () => undefined,
      usages: (id) =>
        (usages[id] ?? []).map((ip) => ({
          ...{ ip, userAgent: '', country: ip === abroad ? 'SG' : undefined },
          asn: ip === rented ? 8075 : undefined,
        })),
      request: (mailbox) => requests[mailbox],
    }
    const finished = document as unknown as EcsDocument
    actorsOf({ sessions, firstSeen: { of: () => undefined }, judge: judgeOf(marks) })(finished, { time: 0, id: '1' })
    return [finished['hoofprint.actor'], finished['hoofprint.actor_certainty']]
  }
})

test('where a session was used from is judged once, however many of its records ask', () => {
  let asked = 0
  const usages = Array.from({ length: 1000 }, (_, i) => ({
    userAgent: undefined,
    get ip() {
      asked += 1
      return `2001:db8::${i.toString(16)}`
    },
  }))
  const judge = judgeOf([hostile('2001:db8::1')])

  const others = [1, 2, 3].map(() => judge.notHostile(usages).length)

  expect(others).toEqual([999, 999, 999])
  expect(asked).toBe(1000)
})

function hostile(text: string): Mark {
  return { ...traitOf(text), actor: 'intruder' }
}

function trusted(text: string): Mark {
  return { ...traitOf(text), actor: 'owner' }
}

test('all marks of something are found at once, whichever of them decides, and no others', () => {
  const texts = [
    '203.0.113.66',
    '::ffff:203.0.113.66',
    '203.0.113.0/24',
    '192.0.2.0/24',
    '198.51.100.7',
    'DK',
    'SE',
    'AS64500',
  ]
  const named = [
    ...['user-agent:curl/8.5', 'user:eve@contoso.example', 'user:bob@contoso.example'],
    'application:31f7a8e7-29e9-49f2-a35e-b2bf6665749b',
  ]
  const marks = [...texts, ...named].map((text): Mark => ({ ...traitOf(text), actor: 'intruder' }))
  const where = { ip: '203.0.113.66', country: 'DK', asn: 64500 }
  const what = {
    userAgent: 'CURL/8.5',
    user: 'eve@contoso.example',
    application: '31f7a8e7-29e9-49f2-a35e-b2bf6665749b',
  }

  const found = matching(marks)({ ...where, ...what })

  expect(found.map(({ value }) => value).toSorted()).toEqual(
    [
      ...['203.0.113.66', '::ffff:203.0.113.66', '203.0.113.0/24', 'DK', 'AS64500'],
      ...['curl/8.5', 'eve@contoso.example', '31f7a8e7-29e9-49f2-a35e-b2bf6665749b'],
    ].toSorted(),
  )
  expect(matching(marks)({ ip: '2001:db8::1' })).toEqual([])
  expect(matching(marks)({})).toEqual([])
})
