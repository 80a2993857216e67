import { BlockList } from 'node:net'

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
