import { isObject, type Json, type JsonObject } from '../activity.ts'
import { canonicalAddress, isAddress } from '../bytes/address-bytes.ts'
import { lastOf } from '../remember.ts'

/** A mail that an alert names. */
export interface NamedMail {
  readonly id: string | undefined
  readonly subject: string | undefined
  readonly from: string | undefined
  readonly sender: string | undefined
  readonly to: string | undefined
}

/** Whom and what an alert names, each once, in the order in which it names them. */
export interface AlertNames {
  readonly users: readonly string[]
  readonly addresses: readonly string[]
  readonly hosts: readonly string[]
  readonly hashes: readonly string[]
  readonly mails: readonly NamedMail[]
}

type Kind = 'users' | 'addresses' | 'hosts' | 'hashes'

// What evidence of Graph's alerts (resource types userEvidence, mailboxEvidence, ipEvidence, analyzedMessageEvidence, deviceEvidence, fileEvidence,
// and of its first alerts userStates and hostStates), entities of Sentinel's (Azure/Azure-Sentinel, "Entity types reference") and rows of
// advanced hunting's AlertEvidence call them, in lower case.
const kinds: ReadonlyMap<string, Kind> = new Map([
  ...kindOf('users', 'userPrincipalName', 'accountUpn', 'upn', 'primaryAddress', 'mailboxPrimaryAddress'),
  ...kindOf('users', 'recipientEmailAddress', 'recipient', 'compromisedEntity'),
  ...kindOf('addresses', 'ipAddress', 'senderIp', 'remoteIp', 'localIp', 'clientIp', 'logonIp', 'address'),
  ...kindOf('addresses', 'lastIpAddress', 'lastExternalIpAddress', 'publicIpAddress', 'privateIpAddress'),
  ...kindOf('hosts', 'deviceDnsName', 'deviceName', 'hostName', 'netBiosName', 'fqdn'),
  ...kindOf('hashes', 'sha1', 'sha256', 'md5'),
])

/** Who works on the alert, not whom it is about. */
const ofAnalysts: ReadonlySet<string> = new Set([
  ...['assignedto', 'owner', 'comments', 'historystates', 'lastmodifiedby', 'modifiedby', 'closedby', 'createdby'],
])

const looks: Readonly<Record<Kind, (text: string) => string | undefined>> = {
  users: (text) => (/^[^\s@]{1,200}@[^\s@]{1,200}$/.test(text) ? text.toLowerCase() : undefined),
  addresses: (text) => (isAddress(text) ? canonicalAddress(text) : undefined),
  hosts: (text) => (/^[^\s/\\]{1,253}$/.test(text) ? text.toLowerCase() : undefined),
  hashes: (text) => (/^[\da-f]{32,64}$/i.test(text) ? text.toLowerCase() : undefined),
}

// Real alerts name dozens; what names more is made to cost memory.
const [maxNames, maxDepth] = [1000, 12] as const

/** Everybody and everything that an alert's evidence names. Who works on the alert is not among them. */
export const namesIn = lastOf((record: JsonObject): AlertNames => {
  const found = { users: new Set<string>(), addresses: new Set<string>(), hosts: new Set<string>() }
  const all = { ...found, hashes: new Set<string>() }
  const mails = new Map<string, NamedMail>()
  const add = (kind: Kind, text: string) => {
    const name = looks[kind](text.trim())
    if (name !== undefined && name !== '' && all[kind].size < maxNames) all[kind].add(name)
  }
  const see = (value: Json, depth: number): void => {
    if (depth > maxDepth || typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const one of value) see(one, depth + 1)
      return
    }
    for (const [name, inner] of Object.entries(value)) {
      const lower = name.toLowerCase()
      const kind = kinds.get(lower)
      if (ofAnalysts.has(lower)) continue
      if (kind !== undefined && typeof inner === 'string') add(kind, inner)
      else see(inner, depth + 1)
    }
    const account = accountOf(value)
    if (account !== undefined) add('users', account)
    const mail = mailOf(value)
    if (mail !== undefined && mails.size < maxNames) mails.set(JSON.stringify(mail), mail)
  }
  see(record, 0)
  for (const [, user = '', ip = ''] of affectedIn(record)) {
    add('users', user)
    add('addresses', ip)
  }
  const { users, addresses, hosts, hashes } = all
  return {
    ...{ users: [...users], addresses: [...addresses], hosts: [...hosts], hashes: [...hashes] },
    mails: [...mails.values()],
  }
})

function kindOf(kind: Kind, ...names: string[]): [string, Kind][] {
  return names.map((name) => [name.toLowerCase(), kind])
}

/** Sentinel's entity of an account: its name and its domain apart. */
function accountOf(entity: JsonObject): string | undefined {
  const { Name, UPNSuffix } = entity
  return typeof Name === 'string' && typeof UPNSuffix === 'string' ? `${Name}@${UPNSuffix}` : undefined
}

/** `alice@contoso.example/203.0.113.5; bob@contoso.example/null`, as Microsoft-Extractor-Suite writes users with where they were. */
function affectedIn({ AffectedUser: users }: JsonObject): RegExpMatchArray[] {
  return typeof users === 'string' ? [...users.matchAll(/(?:^|; )([^/;\s]+)\/([^;\s]*)/g)] : []
}

function mailOf(evidence: JsonObject): NamedMail | undefined {
  const id = textAt(evidence, 'internetMessageId')
  const subject = textAt(evidence, 'subject') ?? textAt(evidence, 'emailSubject')
  const isMail = id !== undefined || textAt(evidence, 'networkMessageId') !== undefined
  if (!isMail || (id ?? subject) === undefined) return undefined
  return {
    ...{ id, subject },
    from: textAt(evidence, 'p2Sender', 'emailAddress') ?? textAt(evidence, 'sender'),
    sender: textAt(evidence, 'p1Sender', 'emailAddress'),
    to: (textAt(evidence, 'recipientEmailAddress') ?? textAt(evidence, 'recipient'))?.toLowerCase(),
  }
}

/** The text of a member, whatever its case; or of the member of its that is called `inner`, where it is an object. */
function textAt(object: JsonObject, name: string, inner?: string): string | undefined {
  const lower = name.toLowerCase()
  const key = Object.keys(object).find((one) => one.length === name.length && one.toLowerCase() === lower)
  const value = key === undefined ? undefined : object[key]
  if (inner !== undefined && isObject(value)) return textAt(value, inner)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
