import type { Json, JsonObject } from '../../activity.ts'
import { isServiceApplication } from '../../microsoft/applications.ts'
import { isSystemUser } from '../../microsoft/service-clients.ts'
import { lastOf, remember } from '../../remember.ts'
import { type Address, firstOf, madeOf, parseAddress, type Reader, text } from '../table.ts'
import { directoryDetail, extended, objectsIn } from './name-values.ts'

// RecordType 50 has ClientIPAddress only, 2 and 3 both and alike, 15 ClientIP and ActorIpAddress, 1 ClientIP, 41 UserIp.
const addressKeys = ['ClientIPAddress', 'ClientIP', 'ActorIpAddress', 'ActorIP', 'UserIp']

// A mailbox is used from few addresses, with few clients.
const kept = 1000
const addressIn = remember(kept, parseAddress)

/** Where the client was: the first of the record's addresses that is one, else the first text that stands for one. */
export const clientAddress = lastOf((record: JsonObject): Address | undefined => {
  let first: Address | undefined
  for (const key of addressKeys) {
    const value = record[key]
    const address = typeof value === 'string' ? addressIn(value) : undefined
    if (address?.ip !== undefined) return address
    first ??= address
  }
  const token = tokenAddress(record)
  return token === undefined ? first : addressIn(token)
})
// Privileged Identity Management, for one, has the address in the token of who asked, and no other.
const tokenAddress = directoryDetail('ipaddr')

/**
 * The record's addresses that are not the client's: where a mail was sent from that Microsoft's defences tell of, and what else the record
 * has for the client's or the actor's, which a proxy or a second way into the internet makes another one.
 */
export const otherAddresses: Reader<readonly string[]> = (record) => {
  const client = clientAddress(record)?.ip
  let others: string[] | undefined
  for (const value of [...otherKeys.map((key) => record[key]), ...alertedOf(record)]) {
    const ip = typeof value === 'string' ? addressIn(value)?.ip : undefined
    if (ip === undefined || ip === client || others?.includes(ip) === true) continue
    others ??= []
    others.push(ip)
  }
  return others
}
const otherKeys = [...addressKeys, 'SenderIp', 'SenderIP']

/** In an alert's `Data` stand from where a mail was sent, and at which address the endpoint was. */
function alertedOf(record: JsonObject): (Json | undefined)[] {
  const [data] = objectsIn(record['Data'])
  return data === undefined ? [] : [data['sip'], data['ecip']]
}

// `NAME (15.20.2729.021)`: within the brackets an address, or the build of Exchange; a line break may follow.
const serverForm = /^([^\s()]+)\s*\(([^()]*)\)$/

/** The server that wrote the record, taken apart. */
export const server = lastOf((record: JsonObject) => {
  const name = record['OriginatingServer']
  if (typeof name !== 'string' || name.trim() === '') return undefined
  const [, domain, address] = serverForm.exec(name.trim()) ?? [undefined, name.trim(), name.trim()]
  return { domain, address, ip: parseAddress(address)?.ip }
})

const clientInfo = text('ClientInfoString')
const actorInfo = text('ActorInfoString')
const browserName = text('BrowserName')
const browserVersion = text('BrowserVersion')
const browser: Reader<string> = (record, activity) => {
  const name = browserName(record, activity)
  const version = browserVersion(record, activity)
  return name === undefined || version === undefined ? name : `${name}/${version}`
}

/** The agent in `Client=OWA;Mozilla/5.0 (…);` or `Client=ActiveSync;UserAgent=Apple-iPhone/…;Action=…`; it has a `/`, names have none. */
const agentIn = remember(kept, (info) => {
  const rest = /^Client=[^;]*;(.*)$/s.exec(info)?.[1]
  if (rest === undefined) return undefined
  const agent = rest.replace(/^UserAgent=/, '').replace(/;(?:Action|Protocol)=.*$/s, '')
  const trimmed = agent.replace(/[;\s]{0,100}$/, '')
  return trimmed.includes('/') && !/^\w+=/.test(trimmed) ? trimmed : undefined
})

/** What the client said it is. */
export const userAgent: Reader<string> = firstOf(
  text('UserAgent'),
  extended('UserAgent'),
  directoryDetail('User-Agent'),
  madeOf(clientInfo, agentIn),
  madeOf(actorInfo, agentIn),
  browser,
)

// Reads by Microsoft's own services, seen for two thirds of MailItemsAccessed in one tenant.
const serviceClient = /(?:^|;)Client=(?:REST;Client=RESTSystem|TBA|EBA|Monitoring|HubTransport)\b/i
const serviceLogons: ReadonlySet<string> = new Set(['3', '4', 'Transport', 'SystemService'])
const serviceUsers: ReadonlySet<string> = new Set(['3', 'DCAdmin'])
const logonType = text('LogonType')
const userType = text('UserType')
const userId = text('UserId')

/** Whether one of Microsoft's services did it, or the tenant's own servers: nobody at a client. */
export const isMicrosoftService: Reader<boolean> = (record, activity) =>
  (serviceClient.test(clientInfo(record, activity) ?? '') && !isOthersApplication(record, activity)) ||
  isSystemUser(userId(record, activity) ?? '') ||
  serviceLogons.has(logonType(record, activity) ?? '') ||
  serviceUsers.has(userType(record, activity) ?? '') ||
  isLoopback(clientAddress(record)?.ip)

// Whoever reads through Graph comes through the same service, under the id of the application that he uses.
const applicationId = text('ClientAppId', 'AppId')
const isOthersApplication: Reader<boolean> = (record, activity) => {
  const id = applicationId(record, activity)
  return id !== undefined && !isServiceApplication(id)
}

function isLoopback(ip: string | undefined): boolean {
  return ip === '::1' || ip?.startsWith('127.') === true
}
