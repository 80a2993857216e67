import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { bytesOf } from '#src/bytes/address-bytes.ts'
import { openMmdb } from '#src/enrich/mmdb.ts'
import { ConfigError } from '#src/errors.ts'
import { fileOf, temporaryFolder } from '../support/folder.ts'
import { type Value, writeMmdb } from '../support/mmdb.ts'

const records = {
  '192.0.2.0/24': { name: 'first', list: ['a', { deep: true }], whole: 8075, real: -33.5 },
  '198.51.100.128/25': { name: 'second', large: 2 ** 33 },
  '2001:db8:1::/48': { name: 'x'.repeat(400) },
}

describe.each([24, 28, 32] as const)('with records of %i bits', (recordSize) => {
  test('what a range holds is found for its addresses, and nothing for others', () => {
    const { find, close } = openMmdb(writeMmdb(path(), records, { recordSize }))

    expect(find(bytes('192.0.2.0'))).toEqual(records['192.0.2.0/24'])
    expect(find(bytes('192.0.2.255'))).toEqual(records['192.0.2.0/24'])
    expect(find(bytes('::ffff:192.0.2.7'))).toEqual(records['192.0.2.0/24'])
    expect(find(bytes('198.51.100.200'))).toEqual({ name: 'second', large: 2n ** 33n })
    expect(find(bytes('2001:db8:1:ffff::1'))).toEqual(records['2001:db8:1::/48'])
    for (const ip of ['192.0.3.0', '198.51.100.127', '2001:db8:2::', '::', '255.255.255.255']) {
      expect(find(bytes(ip))).toBeUndefined()
    }
    close()
  })
})

test('a file for IPv4 alone knows nothing of IPv6', () => {
  const { '2001:db8:1::/48': _, ...four } = records
  const { find, ipVersion, close } = openMmdb(writeMmdb(path(), four, { ipVersion: 4 }))

  expect(ipVersion).toBe(4)
  expect(find(bytes('192.0.2.9'))).toMatchObject({ name: 'first' })
  expect(find(bytes('2001:db8:1::1'))).toBeUndefined()
  close()
})

test('more nodes and records than are kept in memory are found all the same', () => {
  const many: Record<string, Value> = {}
  for (let i = 0; i < 40_000; i += 1)
    many[`10.${i >> 12}.${(i >> 4) & 255}.${(i & 15) << 4}/28`] = { i, text: 'y'.repeat(60) }
  const { find, close } = openMmdb(writeMmdb(path(), many))

  for (let i = 0; i < 40_000; i += 997) {
    expect(find(bytes(`10.${i >> 12}.${(i >> 4) & 255}.${((i & 15) << 4) + 7}`))).toMatchObject({ i })
  }
  close()
})

test('it tells its type and when it was made', () => {
  const builtAt = new Date('2026-04-05T06:07:08Z')
  const { type, builtAt: told, close } = openMmdb(writeMmdb(path(), records, { type: 'GeoLite2-City', builtAt }))

  expect({ type, told }).toEqual({ type: 'GeoLite2-City', told: builtAt })
  close()
})

test.each([
  ['nothing', ''],
  ['a text', 'network,country\n192.0.2.0/24,DE\n'],
  ['metadata that end too soon', Buffer.from('\xab\xcd\xefMaxMind.com\xe9', 'latin1')],
  ['metadata of something else', Buffer.from('\xab\xcd\xefMaxMind.com\xe1\x41a\x41b', 'latin1')],
])('%s is refused with the file named', (_, content) => {
  const file = fileOf(content, 'some.mmdb')

  expect(() => openMmdb(file)).toThrow(ConfigError)
  expect(() => openMmdb(file)).toThrow(file)
})

test('a file that is not there is refused', () => {
  expect(() => openMmdb('/nowhere/some.mmdb')).toThrow(ConfigError)
})

test('a damaged file gives an answer, nothing, or an error that names it, and soon', () => {
  const file = writeMmdb(path(), records)
  const sound = readFileSync(file)
  const metadataAt = sound.lastIndexOf('MaxMind.com')
  for (let i = 0; i < metadataAt - 3; i += 23) {
    const damaged = Buffer.from(sound)
    damaged[i] = (damaged[i] as number) ^ 0xa5
    writeFileSync(file, damaged)
    const { find, close } = openMmdb(file)
    for (const ip of ['192.0.2.1', '198.51.100.200', '2001:db8:1::1']) {
      try {
        find(bytes(ip))
      } catch (error) {
        expect(error).toMatchObject({ name: 'ConfigError', message: expect.stringContaining(file) })
      }
    }
    close()
  }
})

function path(): string {
  return join(temporaryFolder(), 'test.mmdb')
}

function bytes(ip: string): Uint8Array {
  return bytesOf(ip) as Uint8Array
}
