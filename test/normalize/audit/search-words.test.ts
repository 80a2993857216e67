import { expect, test } from '@jest/globals'
import type { JsonObject } from '#src/activity.ts'
import { argumentsIn } from '#src/microsoft/cmdlet-arguments.ts'
import { documentOfAudit } from '../../support/audit.ts'

const words = 'merger OR "term sheet" -draft'

test.each<[string, JsonObject]>([
  ['parameters as they were typed', { Parameters: `-Name "m1" -ContentMatchQuery "${words}" -Force:$true` }],
  ['the last of the parameters', { Parameters: `-Name "m1" -ContentMatchQuery "${words}"` }],
  ['a list of properties', { ExtendedProperties: [{ Name: 'Query', Value: words }] }],
])('the words of an eDiscovery search are read from %s', (_, record) => {
  const document = documentOfAudit({ Operation: 'New-ComplianceSearch', ...record })

  expect(document['hoofprint.search.query']).toBe(words)
})

test.each([
  '"a" -draft -other',
  '"a" -draft from:bob',
  '"term sheet" -"a b" -c',
  '"a" -Draft x',
  'a -"b"',
])('of %j nothing is taken for the next parameter', (words) => {
  const line = `-Name "m1" -ContentMatchQuery "${words}" -AllowNotFoundExchangeLocationsEnabled:$true -Case "c" -Size 10 -Force`

  expect(argumentsIn(line)).toEqual({
    ...{ Name: 'm1', ContentMatchQuery: words, AllowNotFoundExchangeLocationsEnabled: '$true', Case: 'c', Size: '10' },
  })
  for (const next of ['-Force', '-Force -Confirm:$false', '-Size 10', '-Case "c"', '']) {
    expect(argumentsIn(`-ContentMatchQuery "${words}" ${next}`)?.['ContentMatchQuery']).toBe(words)
  }
})

test('a word without quotes behind a value in quotes is the value of its own name', () => {
  expect(argumentsIn('-Name "x" -Type Compliance')).toEqual({ Name: 'x', Type: 'Compliance' })
  expect(argumentsIn('-SearchName "m 1" -Export -Format FxStream -Scope BothIndexedAndUnindexedItems')).toEqual({
    ...{ SearchName: 'm 1', Format: 'FxStream', Scope: 'BothIndexedAndUnindexedItems' },
  })
})

test('a switch takes no other parameter for its value', () => {
  expect(argumentsIn('-SearchName "m1" -Purge -PurgeType "HardDelete" -Force')).toEqual({
    SearchName: 'm1',
    PurgeType: 'HardDelete',
  })
  expect(argumentsIn('-Size -5')).toEqual({ Size: '-5' })
})

test('words of 15 MB are as long as they are', () => {
  const long = 'merger '.repeat(2 * 2 ** 20)

  expect(argumentsIn(`-Name "m1" -ContentMatchQuery "${long}" -Force`)).toEqual({ Name: 'm1', ContentMatchQuery: long })
})
