import { isGuid } from '../guid.ts'

/** What the address of a request to Microsoft Graph says was asked for, and of whom. */
export interface GraphAddress {
  /** Whose, as `users/{…}` names them, in lower case; `me` for whoever the token is of. */
  readonly owner: string | undefined
  /** What of it, without host, version and owner, decoded: `messages/AAMk…` of `https://graph.microsoft.com/v1.0/me/messages/AAMk…?$select=body`. */
  readonly path: string
  /** Options such as `search`, by their names in lower case and without the `$` that version 1.0 lets clients leave out. */
  readonly options: ReadonlyMap<string, string>
}

// Microsoft, "Use the Microsoft Graph API" and OData's URL conventions: a key may stand in brackets, `users('alice@contoso.example')`, a
// function ends in some, `delta()`, and either may have its namespace before it. Logs have the address as it was asked for.
const host = /^https?:\/\/[^/?#]*/i
const version = /^(?:v\d+\.\d+|beta)$/i
const key = /^([\w.$-]+)\('([^']*)'\)$/

/** Takes an address apart. Never throws: what is no address is a path. */
export function graphAddress(uri: string): GraphAddress {
  const [path = '', ...query] = uri.trim().replace(host, '').split('?')
  const segments = path.split('/').filter((segment) => segment !== '')
  const parts = segments.map(decoded).flatMap(partsOf)
  if (version.test(parts[0] ?? '')) parts.shift()
  const owner = ownerIn(parts)
  const rest = owner === undefined ? parts : parts.slice(owner === 'me' ? 1 : 2)
  return { owner, path: rest.join('/'), options: optionsIn(query.join('?')) }
}

// Microsoft, "National cloud deployments". The older Azure AD Graph, another API, is graph.windows.net.
const graph =
  /^(?:https?:\/\/(?:[\w-]+[.-])?(?:graph\.microsoft|microsoftgraph\.chinacloudapi)\.|\/+(?:v\d\.\d|beta)\/)/i

/** Whether something of Microsoft Graph is asked for there. */
export function isGraphAddress(uri: string): boolean {
  return graph.test(uri.trim())
}

// What stands in a mailbox or a drive; of all else that an address names somebody for, such as `users/{id}/manager`, nothing does.
const held =
  /^(?:messages|mailFolders|sendMail|mailboxSettings|inferenceClassification|outlook|events|calendars?|calendarGroups|calendarView|contacts|contactFolders|drives?)(?:\/|$)/i

/** Whose mailbox or drive is asked for: that of the user whom the token is of, unless the address names another's. */
export function mailboxAsked({ owner, path }: GraphAddress, userId: string | undefined): string {
  return owner !== undefined && owner !== 'me' && held.test(path) ? owner : (userId?.toLowerCase() ?? '')
}

function ownerIn([collection, named = '']: readonly string[]): string | undefined {
  if (/^me$/i.test(collection ?? '')) return 'me'
  const isUser = /^users$/i.test(collection ?? '') && (named.includes('@') || isGuid(named))
  return isUser ? named.toLowerCase() : undefined
}

/** A segment may hold a slash of its own, which separates nothing. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll('/', '%2F')
  } catch {
    return segment // A `%` of its own.
  }
}

function partsOf(segment: string): string[] {
  const [, name, inner] = key.exec(segment) ?? []
  const parts = name === undefined || inner === undefined ? [segment.replace(/\(\)$/, '')] : [name, inner]
  return parts.map((part) => part.replace(/^microsoft\.graph\./i, ''))
}

function optionsIn(query: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(query)) options.set(name.replace(/^\$/, '').toLowerCase(), value)
  return options
}
