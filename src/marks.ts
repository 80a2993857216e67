import { isIP } from 'node:net'
import { bytesOf } from './bytes/address-bytes.ts'
import { ConfigError } from './errors.ts'
import { guid, isGuid } from './guid.ts'
import { isMicrosofts } from './microsoft/applications.ts'
import { foundOrMade, remember } from './remember.ts'

/** Whom an event is held to be of. */
export type Actor = 'intruder' | 'owner' | 'unknown'

/** What can be marked. */
const markKinds = ['session', 'ip', 'cidr', 'application', 'user', 'user-agent', 'asn', 'country'] as const
export type MarkKind = (typeof markKinds)[number]

/** Something by which events are recognized. */
export interface Trait {
  readonly kind: MarkKind
  readonly value: string
}

/** What an investigator says of everything with a trait. */
export interface Mark extends Trait {
  readonly actor: Exclude<Actor, 'unknown'>
}

/** A mark with when it was set, in ms since 1970; not known of what an older version wrote. */
export interface DatedMark extends Mark {
  readonly at: number | null
}

/** From where and with what something was done, as far as known. */
export interface Circumstances {
  readonly ip?: string | undefined
  /** The id of the application that did it. */
  readonly application?: string | undefined
  /** The account that did it, in lower case. */
  readonly user?: string | undefined
  readonly userAgent?: string | undefined
  readonly asn?: number | undefined
  readonly country?: string | undefined
}

/** How the values of a kind look, and how they are written. */
interface Form {
  readonly kind: MarkKind
  is(text: string): boolean
  /** The same of what is named by its kind, where more may be one then. */
  isNamed?(text: string): boolean
  write(text: string): string
}

/** Tried in this order. A session's id may be anything, so that an application's has to be named as one. */
const forms: readonly Form[] = [
  { kind: 'ip', is: (text) => isIP(text) !== 0, write: (text) => text.toLowerCase() },
  { kind: 'cidr', is: isNetwork, write: (text) => text.toLowerCase() },
  { kind: 'asn', is: (text) => /^as\d{1,10}$/i.test(text), write: (text) => text.toUpperCase() },
  { kind: 'country', is: (text) => /^[a-z]{2}$/i.test(text), write: (text) => text.toUpperCase() },
  { kind: 'user-agent', is: () => false, isNamed: () => true, write: (text) => text.toLowerCase() },
  // Whoever names an account may mean whom something was done to: so it is said what is meant.
  { kind: 'user', is: () => false, isNamed: () => true, write: (text) => text.toLowerCase() },
  { kind: 'application', is: () => false, isNamed: isGuid, write: guid },
  { kind: 'session', is: (text) => /^[\w-]{8,}$/.test(text), isNamed: () => true, write: guid },
]

/** What a text names, such as `203.0.113.66`, `AS64500`, `DK` or `user-agent:curl/8.5`. Throws `ConfigError` for what it cannot name. */
export function traitOf(text: string): Trait {
  const prefix = markKinds.find((kind) => isNamedBy(text, kind))
  const value = prefix === undefined ? text.trim() : text.slice(prefix.length + 1).trim()
  const form = forms.find(({ kind, is, isNamed = is }) =>
    prefix === undefined ? is(value) : kind === prefix && isNamed(value),
  )
  if (form !== undefined && value !== '') return { kind: form.kind, value: form.write(value) }
  throw new ConfigError(
    `"${text}" is no session id, address, network (192.0.2.0/24), AS64500, country (DK), application:ID (a GUID), user:UPN or user-agent:TEXT`,
  )
}

/** Whether a text names what kind it is of, such as `User:` or `user-agent:`. */
export function isNamedBy(text: string, kind: MarkKind): boolean {
  return text.slice(0, kind.length + 1).toLowerCase() === `${kind}:`
}

function isNetwork(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/')
  const version = isIP(address)
  return version !== 0 && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)
}

/** What marks say of something. */
export interface Judge {
  /** Whether anything is marked at all. */
  readonly hasMarks: boolean
  /** Whether networks or countries are: else nobody has to know them. */
  readonly asksPlaces: boolean
  ofSession(id: string): Mark | undefined
  /** The mark of the address, else that of the smallest network around it. */
  ofAddress(circumstances: Circumstances): Mark | undefined
  /** What is said of an application that is held for the intruder's and is not Microsoft's, which everybody uses. */
  ofApplication(circumstances: Circumstances): Mark | undefined
  /** What is said of an account that is held for the intruder's: one that he made, or that of an insider. */
  ofUser(circumstances: Circumstances): Mark | undefined
  /** What is said of the user agent, else of the application, of the network's owner, of the country, of the account: many may share these. */
  ofSurroundings(circumstances: Circumstances): Mark | undefined
  /** Those that are not hostile. A list is gone through once: all records of a session ask for its usages, of which there may be a thousand. */
  notHostile<Used extends Circumstances>(usages: readonly Used[]): readonly Used[]
}

const rememberedAddresses = 20_000

/** Makes marks quick to look up. */
export function judgeOf(marks: readonly Mark[]): Judge {
  const byTrait = new Map(marks.map((mark) => [traitKey(mark), mark]))
  const networks = networksOf(marks)
  const find = (kind: MarkKind, value: string | undefined) =>
    value === undefined ? undefined : byTrait.get(traitKey({ kind, value }))
  const around = remember(rememberedAddresses, (ip) => marksAround(networks, ip).next().value)
  const ofAddress: Judge['ofAddress'] = ({ ip }) => (ip === undefined || networks.length === 0 ? undefined : around(ip))
  const ofSurroundings: Judge['ofSurroundings'] = ({ userAgent, application, asn, country, user }) =>
    find('user-agent', userAgent?.toLowerCase()) ??
    find('application', application) ??
    find('asn', asn === undefined ? undefined : `AS${asn}`) ??
    find('country', country) ??
    find('user', user)
  const isHostile = (usage: Circumstances) => (ofAddress(usage) ?? ofSurroundings(usage))?.actor === 'intruder'
  const notHostile = new WeakMap<readonly Circumstances[], readonly Circumstances[]>()
  return {
    hasMarks: marks.length > 0,
    asksPlaces: marks.some(({ kind }) => kind === 'asn' || kind === 'country'),
    ofSession: (id) => find('session', id),
    ofAddress,
    ofApplication({ application }) {
      const mark = find('application', application)
      return mark?.actor === 'intruder' && !isMicrosofts(mark.value) ? mark : undefined
    },
    ofUser({ user }) {
      const mark = find('user', user)
      return mark?.actor === 'intruder' ? mark : undefined
    },
    ofSurroundings,
    notHostile<Used extends Circumstances>(usages: readonly Used[]) {
      const found = notHostile.get(usages) ?? usages.filter((usage) => !isHostile(usage))
      notHostile.set(usages, found)
      return found as readonly Used[]
    },
  }
}

/** Names a trait as no other is named. */
export function traitKey({ kind, value }: Trait): string {
  return `${kind} ${value}`
}

/** Gives all marks but of sessions that are of something, whichever of them decides. */
export function matching(marks: readonly Mark[]): (circumstances: Circumstances) => readonly Mark[] {
  const byTrait = Map.groupBy(marks, traitKey)
  const networks = networksOf(marks)
  return ({ ip, userAgent, application, asn, country, user }) => {
    const values = {
      ...{ application, country, user },
      ...{ 'user-agent': userAgent?.toLowerCase(), asn: asn === undefined ? undefined : `AS${asn}` },
    }
    const shared = Object.entries(values).flatMap(([kind, value]) => byTrait.get(`${kind} ${value}`) ?? [])
    return ip === undefined ? shared : [...marksAround(networks, ip), ...shared]
  }
}

/** The marked networks of one size, by the bytes that all of their addresses begin with: thousands are looked up as one is. */
interface Networks {
  /** An address that was marked by itself says more than a network, even one of a single address. */
  readonly isSingle: boolean
  /** How many bytes an address of the family has: 4 or 16. */
  readonly length: number
  readonly bits: number
  /** Those of one network that is written in several ways stand together, in the order in which they were given. */
  readonly marks: Map<string, Mark[]>
}

/** Single addresses, then the smallest networks first. An address is a network of one: so it is found however it is written. */
function networksOf(marks: readonly Mark[]): readonly Networks[] {
  const all = new Map<string, Networks>()
  for (const mark of marks) {
    if (mark.kind !== 'ip' && mark.kind !== 'cidr') continue
    const [address = '', prefix] = mark.value.split('/')
    const bytes = bytesOf(address)
    if (bytes === undefined) continue
    const within = isIP(address) === 6 && bytes.length === 4 ? 96 : 0 // IPv4 within IPv6.
    const bits = prefix === undefined ? 8 * bytes.length : Math.max(0, Number(prefix) - within)
    const isSingle = prefix === undefined
    const key = `${isSingle} ${bytes.length} ${bits}`
    const networks = all.get(key) ?? { isSingle, length: bytes.length, bits, marks: new Map() }
    all.set(key, networks)
    foundOrMade(networks.marks, startOf(bytes, bits), (): Mark[] => []).push(mark)
  }
  return [...all.values()].sort((a, b) => Number(b.isSingle) - Number(a.isSingle) || b.bits - a.bits)
}

/** That which decides comes first. */
function* marksAround(networks: readonly Networks[], ip: string): Generator<Mark, undefined> {
  const bytes = bytesOf(ip)
  if (bytes === undefined) return
  for (const { length, bits, marks } of networks) {
    if (length === bytes.length) yield* marks.get(startOf(bytes, bits)) ?? []
  }
}

/** So many bits of an address, as text. */
function startOf(bytes: Uint8Array, bits: number): string {
  const start = bytes.slice(0, Math.ceil(bits / 8))
  if (bits % 8 > 0) start[start.length - 1] = (start[start.length - 1] as number) & (0xff << (8 - (bits % 8)))
  return Buffer.from(start).toString('latin1')
}
