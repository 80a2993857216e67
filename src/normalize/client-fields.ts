import { lastOf } from '../remember.ts'
import { type Address, type FieldTable, parseAddress, type Reader } from './table.ts'

/** What `read` gives, taken apart as an address: whose is the same as the last one's once for both. */
export function addressIn(read: Reader<string>): Reader<Address> {
  const parsed = lastOf(parseAddress)
  return (record, activity) => parsed(read(record, activity))
}

/** The fields of the address that something was done from, which ECS wants twice: `source` and `client` are one here. */
export function clientFields(read: Reader<Address>) {
  const ip: Reader<string> = (record, activity) => read(record, activity)?.ip
  const port: Reader<number> = (record, activity) => read(record, activity)?.port
  const address: Reader<string> = (record, activity) => read(record, activity)?.text
  return {
    'source.ip': ip,
    'source.port': port,
    'source.address': address,
    'client.ip': ip,
    'client.port': port,
    'client.address': address,
  } satisfies FieldTable
}
