import { BlockList, isIP } from 'node:net'

/** The 4 or 16 bytes of an address; one of IPv4 within IPv6 (`::ffff:…`) is the IPv4 address. Undefined for anything else. */
export function bytesOf(ip: string): Uint8Array | undefined {
  const version = ip.includes('%') ? 0 : isIP(ip) // Node takes zone ids for addresses.
  if (version === 0) return undefined
  if (version === 4) return Uint8Array.from(ip.split('.'), Number)
  const bytes = bytesOf6(ip)
  return mapped.every((byte, i) => bytes[i] === byte) ? bytes.subarray(12) : bytes
}

const mapped = [...new Array<number>(10).fill(0), 255, 255]

/** Of what is known to be an IPv6 address. */
function bytesOf6(ip: string): Uint8Array {
  const [before, after] = ip.split('::')
  const head = groupsOf(before)
  const tail = groupsOf(after)
  const bytes = new Uint8Array(16)
  bytes.set(head)
  bytes.set(tail, 16 - tail.length)
  return bytes
}

function groupsOf(text: string | undefined): number[] {
  if (text === undefined || text === '') return []
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 255]
  })
}

/**
 * Addresses that are nobody's place on the Internet, by IANA's special-purpose registries (RFC 6890): within a host, a network or a carrier,
 * or to many. Those for documentation are left out: no database of the real world has them.
 */
const placeless = new BlockList()
for (const range of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/127', '64:ff9b:1::/48', '100::/64', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]) {
  addRange(placeless, range)
}

/** Whether an address can have a place: private, loopback, link-local and multicast ones have none. */
export function hasPlace(ip: string): boolean {
  return !isIn(placeless, ip)
}

/** Adds a range in CIDR notation. */
export function addRange(list: BlockList, range: string): void {
  const [address = '', bits] = range.split('/')
  list.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4')
}

/** Whether an address is in one of the list's ranges. */
export function isIn(list: BlockList, ip: string): boolean {
  return list.check(ip, ip.includes(':') ? 'ipv6' : 'ipv4')
}
