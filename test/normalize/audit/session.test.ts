import { expect, test } from '@jest/globals'
import { normalizer } from '#src/normalize/index.ts'
import { auditActivity } from '../../support/audit.ts'

const zeros = '00000000-0000-0000-0000-000000000000'
const one = '5f7a3c1e-9b2d-4a68-8c15-0e9d7b4f2a11'
const other = '8d2e6b90-4c3f-4f7a-a1d5-3b6c9e0f7d22'
const entra = (Value: string) => ({ DeviceProperties: [{ Name: 'SessionId', Value }] })

test.each([
  ['its own', { SessionId: one, ...entra(other) }, one, [other]],
  ['another where its own is none', { SessionId: zeros, ...entra(one) }, one, []],
  ['one that several properties have', { SessionId: one, ...entra(one.toUpperCase()) }, one, []],
  ['none where all are none', { SessionId: zeros, ...entra(zeros), UniqueTokenId: zeros }, undefined, []],
  ['none where a token alone is named', { UniqueTokenId: 'token' }, undefined, ['token']],
])('the session of a record is %s', (_, record, session, others) => {
  const keys = normalizer.keys(auditActivity({ Operation: 'Send', ...record }))

  expect([keys.session, keys.sessionIds]).toEqual([session, others])
})
