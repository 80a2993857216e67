import { BlockList } from 'node:net'
import { type Fields, serviceTag } from '../document.ts'
import { isServiceClient } from '../microsoft/service-clients.ts'
import { addRange, isIn } from './address.ts'

/** Microsoft's networks: ARIN's block AS8068–AS8075 and what Azure, Office and their peerings are announced from. */
const networks: ReadonlySet<number> = new Set([3598, 8068, 8069, 8070, 8071, 8072, 8073, 8074, 8075, 12076])

/**
 * Where Exchange Online answers from ("Office 365 URLs and IP address ranges", ids 1, 2 and 10), and 2603:1000::/24, which ARIN gave to Microsoft
 * and of which tables of routes know parts only. They hold where there is no database of networks.
 */
const ranges = new BlockList()
for (const range of [
  ...['13.107.6.152/31', '13.107.18.10/31', '13.107.128.0/22', '23.103.160.0/20', '40.92.0.0/15', '40.96.0.0/13'],
  ...['40.104.0.0/15', '40.107.0.0/16', '52.96.0.0/14', '52.100.0.0/14', '104.47.0.0/17', '131.253.33.215/32'],
  ...['132.245.0.0/16', '150.171.32.0/22', '204.79.197.215/32'],
  ...['2603:1000::/24', '2620:1ec::/36', '2a01:111:f400::/48'],
]) {
  addRange(ranges, range)
}

/** Whether an address is one of Microsoft's, whoever uses it: customers' machines in Azure have such too. */
export function isMicrosofts(ip: string, asNumber: number | undefined): boolean {
  return (asNumber !== undefined && networks.has(asNumber)) || isIn(ranges, ip)
}

/** Whether a service did what the record tells: the record's normalization said so, or the client's name does. */
export function isService(document: Fields): boolean {
  return document.tags?.includes(serviceTag) === true || isServiceClient(document['hoofprint.client.name'])
}
