import { expect, test } from '@jest/globals'
import type { SessionAnswer } from '#src/reports/session-answers.ts'
import { sessionsAsText } from '#src/reports/sessions-text.ts'

const session: SessionAnswer = {
  ...{ session: 's-1', users: ['alice@contoso.example'], mailboxes: [], countries: [], agents: [], applications: [] },
  ...{ first: '2026-03-02T09:00:00.000Z', last: '2026-03-02T09:30:00.000Z', addresses: ['192.0.2.1', '203.0.113.66'] },
  ...{ datasets: [], knownBy: ['record'], records: 7, categories: { read: 7 }, id: 'id-1', actors: {}, inferred: 0 },
  ...{ failedLogons: 0, unknownLogons: 0 },
}
const head = (given: Partial<SessionAnswer>) =>
  [...sessionsAsText({ total: 1, rows: [{ ...session, ...given }] }, [{}])].join('\n')

test('a session of which the intruder used a part only is not told as wholly his, and how to tell it apart is', () => {
  const shared = head({ actors: { intruder: 7 }, inferred: 4 })

  expect(shared).toContain('alice@contoso.example  INTRUDER, 4 of 7 only inferred\n')
  expect(shared).toContain('hoofprint mark --trusted ADDRESS tells apart what is the owner’s')
})

test('a session that is proven the intruder’s, the owner’s or of both is told so, without a doubt', () => {
  expect(head({ actors: { intruder: 7 }, addresses: ['203.0.113.66'] })).toMatch(/INTRUDER\n/)
  expect(head({ actors: { owner: 7 } })).toMatch(/OWNER\n/)
  expect(head({ actors: { intruder: 3, owner: 4 } })).toMatch(/CONFLICT: intruder 3, owner 4\n/)
  expect(head({ actors: { intruder: 3, owner: 4 } })).not.toContain('mark --trusted')
})

test('a logon that failed, or was stopped to ask for more, does not pass for one', () => {
  const [two, twelve] = [{ logon: 2 }, { logon: 12, read: 7 }]

  expect(head({ categories: two })).toMatch(/ {2}did {7}logon 2\n/)
  expect(head({ categories: two, failedLogons: 2 })).toMatch(/ {2}did {7}logon 2 \(2 failed\)\n/)
  expect(head({ categories: twelve, failedLogons: 4, unknownLogons: 1 })).toMatch(
    / {2}did {7}logon 12 \(4 failed and 1 neither\), read 7\n/,
  )
})

test('of a session without an address that is told in words', () => {
  expect(head({ addresses: [], countries: [] })).toMatch(/ {2}from {6}no address named\n/)
})

test('of thousands of addresses a line has the first, and says how many there are', () => {
  const addresses = Array.from({ length: 2500 }, (_, i) => `2001:db8::${i.toString(16)}`)

  expect(head({ addresses })).toMatch(/2001:db8::13 … and 2,480 more {2}\(2,500 addresses\)\n/)
})

test('sessions are told one by one: no more than one is held', () => {
  let [begun, ended, most] = [0, 0, 0]
  function* rows() {
    for (; begun < 1000; ended += 1) {
      begun += 1
      yield session
    }
  }

  for (const _ of sessionsAsText({ total: 1200, rows: rows() }, [])) most = Math.max(most, begun - ended)

  expect([most, ended]).toEqual([1, 1000])
})
