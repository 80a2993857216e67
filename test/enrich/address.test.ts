import { describe, expect, test } from '@jest/globals'
import { bytesOf } from '#src/bytes/address-bytes.ts'
import { hasPlace } from '#src/enrich/address.ts'

test.each([
  ['192.0.2.1', 'c0000201'],
  ['::ffff:192.0.2.1', 'c0000201'],
  ['::FFFF:c000:0201', 'c0000201'],
  ['::', '00'.repeat(16)],
  ['::1', `${'00'.repeat(15)}01`],
  ['2001:db8::a', '20010db800000000000000000000000a'],
  ['2001:db8:1:2:3:4:5:6', '20010db8000100020003000400050006'],
  ['64:ff9b::192.0.2.1', '0064ff9b0000000000000000c0000201'],
  ['1::', `0001${'00'.repeat(14)}`],
])('%s is the bytes %s', (ip, hex) => {
  expect(Buffer.from(bytesOf(ip) ?? []).toString('hex')).toBe(hex)
})

test.each([
  '',
  'localhost',
  '192.0.2',
  '192.0.2.256',
  '192.0.2.1:80',
  'fe80::1%eth0',
  '1:2:3',
  '[::1]',
  '1::2::3',
])('%j is no address', (text) => {
  expect(bytesOf(text)).toBeUndefined()
})

describe('an address has a place', () => {
  test.each([
    '8.8.8.8',
    '172.32.0.1',
    '192.0.2.1',
    '100.128.0.1',
    '2001:4860:4860::8888',
    '2001:db8::1',
  ])('when it is %s', (ip) => {
    expect(hasPlace(ip)).toBe(true)
  })

  test.each([
    ...['10.1.2.3', '127.0.0.1', '169.254.9.9', '172.31.255.255', '192.168.0.1', '100.64.0.1', '224.0.0.1', '0.0.0.0'],
    ...['192.0.0.8', '198.18.0.1', '240.0.0.1', '::', '::1', '64:ff9b:1::1', '100::1', 'fe80::1', 'fec0::1', 'fd12::1'],
    ...['ff02::1', '::ffff:10.0.0.1'],
  ])('but not when it is %s', (ip) => {
    expect(hasPlace(ip)).toBe(false)
  })
})
