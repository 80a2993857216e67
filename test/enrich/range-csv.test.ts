import { expect, test } from '@jest/globals'
import { bytesOf } from '#src/bytes/address-bytes.ts'
import { openRangeCsv } from '#src/enrich/range-csv.ts'
import { fileOf } from '../support/folder.ts'

test('a range is found from its first to its last address, and none where there is a gap', () => {
  const lines = [
    '192.0.2.0,192.0.2.15,64496,Some',
    '192.0.2.32,192.0.2.255,64497,"Other, ""Inc."""',
    '198.51.100.0,198.51.100.0,64498,One',
  ]
  const { find, close } = openRangeCsv(fileOf(`${lines.join('\n')}\n`, 'asn.csv'))

  const found = [
    '192.0.1.255',
    '192.0.2.0',
    '192.0.2.15',
    '192.0.2.16',
    '192.0.2.32',
    '192.0.2.255',
    '198.51.100.0',
    '198.51.100.1',
  ].map((ip) => find(bytes(ip))?.slice(2).join(' '))

  expect(found).toEqual([
    undefined,
    '64496 Some',
    '64496 Some',
    undefined,
    '64497 Other, "Inc."',
    '64497 Other, "Inc."',
    '64498 One',
    undefined,
  ])
  close()
})

test('every range of a file of many pages is found, and of IPv6 too', () => {
  const lines = Array.from({ length: 5000 }, (_, i) => {
    const group = (0x1000 + i * 2).toString(16)
    return `2001:db8:${group}::,2001:db8:${group}:ffff:ffff:ffff:ffff:ffff,${i},${'n'.repeat(i % 300)}`
  })
  const { find, close } = openRangeCsv(fileOf(lines.join('\r\n'), 'asn6.csv'))

  for (let i = 0; i < 5000; i += 1) {
    expect(find(bytes(`2001:db8:${(0x1000 + i * 2).toString(16)}:8::1`))?.[2]).toBe(String(i))
    expect(find(bytes(`2001:db8:${(0x1001 + i * 2).toString(16)}:8::1`))).toBeUndefined()
  }
  close()
})

test.each([
  ['another file', 'name,address\nalice,192.0.2.1\n'],
  ['a file without lines', 'x'.repeat(5000)],
])('%s is called damaged, with its name', (_, content) => {
  const file = fileOf(content, 'asn.csv')
  const { find, close } = openRangeCsv(file)

  expect(() => find(bytes('192.0.2.1'))).toThrow(file)
  close()
})

function bytes(ip: string): Uint8Array {
  return bytesOf(ip) as Uint8Array
}
