import { isIP } from 'node:net'

/** Node takes zone ids (`fe80::1%eth0`) for addresses, Elasticsearch does not. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes('%')
}

/** The 4 or 16 bytes of an address; one of IPv4 within IPv6 (`::ffff:…`) is the IPv4 address. Undefined for anything else. */
export function bytesOf(ip: string): Uint8Array | undefined {
  if (!isAddress(ip)) return undefined
  if (!ip.includes(':')) return Uint8Array.from(ip.split('.'), Number)
  const bytes = bytesOf6(ip)
  return mapped.every((byte, i) => bytes[i] === byte) ? bytes.subarray(12) : bytes
}

/** An IPv6 address as RFC 5952 writes it, whatever zeros were spelt out; one of IPv4 within as that. Anything else as it is. */
export function canonicalAddress(ip: string): string {
  if (!ip.includes(':')) return ip
  const bytes = bytesOf(ip)
  if (bytes === undefined) return ip
  return bytes.length === 4 ? bytes.join('.') : new URL(`http://[${ip}]`).hostname.slice(1, -1)
}

/**
 * What one user has of the internet at a time: an IPv4 address, or the network of an IPv6 one (64 bits, RFC 7421), in which devices take new addresses every
 * day (RFC 8981). Anything else as it is.
 */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip
  const bytes = bytesOf(ip)
  return bytes?.length === 16 ? Buffer.from(bytes.subarray(0, 8)).toString('hex') : canonicalAddress(ip)
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
