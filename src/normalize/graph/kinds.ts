import { type GraphAddress, graphAddress } from '../../microsoft/graph-address.ts'
import { lastOf } from '../../remember.ts'
import { at, word } from '../leaves.ts'
import type { Reader } from '../table.ts'

/** What requests of one kind look like. */
interface RequestKind {
  readonly kind: string
  readonly methods: readonly string[]
  /** Of the whole path behind the owner. */
  readonly path: RegExp
  readonly options?: (options: GraphAddress['options']) => boolean
}

const gets = ['GET']
const changes = ['POST', 'PUT', 'PATCH', 'DELETE']

// Microsoft's reference of Graph 1.0: mails stand in the mailbox, in its folders and in folders of those; `$count` is no id.
const mails = '(?:mailFolders/.+/)?messages'
const mail = `${mails}/(?!delta$)[^/$][^/]*`
const drive = '(?:.+/)?(?:drives?|driveItem)/(?:.+/)?'

/** What a list or a mail has of a mail's words: without `$select` all of them. */
const bodies: ReadonlySet<string> = new Set(['body', 'bodypreview', 'uniquebody'])
const lacksBodies = (options: GraphAddress['options']) => {
  const selected = options.get('select')
  return (
    selected !== undefined &&
    !selected
      .toLowerCase()
      .split(',')
      .some((name) => bodies.has(name.trim()))
  )
}

/** The next page of what a search found has the search's options too. */
const asksAnew = (options: GraphAddress['options']) =>
  mailQuery(options) !== undefined && !options.has('skiptoken') && /^0*$/.test(options.get('skip') ?? '')

/** Every kind of request, the most particular first; what none takes is of the last one. */
const kinds: readonly RequestKind[] = [
  { kind: 'search mails', methods: gets, path: whole(mails), options: asksAnew },
  { kind: 'list mails without bodies', methods: gets, path: whole(`${mails}(?:/delta)?`), options: lacksBodies },
  { kind: 'list mails', methods: gets, path: whole(`${mails}(?:/delta)?`) },
  { kind: 'open attachment', methods: gets, path: whole(`${mail}/attachments(?:/.*)?`) },
  { kind: 'open mail without body', methods: gets, path: whole(mail), options: lacksBodies },
  { kind: 'open mail', methods: gets, path: whole(`${mail}(?:/\\$value)?`) },
  { kind: 'send mail', methods: ['POST'], path: whole(`sendMail|${mail}/(?:send|reply|replyAll|forward)`) },
  {
    kind: 'draft mail',
    methods: ['POST'],
    path: whole(`${mails}|${mail}/(?:create(?:Reply|ReplyAll|Forward)|attachments(?:/.*)?)`),
  },
  { kind: 'change rules', methods: changes, path: whole('mailFolders/.+/messageRules(?:/.*)?') },
  { kind: 'delete mail', methods: ['DELETE'], path: whole(`${mail}|mailFolders/.+`) },
  { kind: 'delete mail', methods: ['POST'], path: whole(`(?:${mail}|mailFolders/.+)/permanentDelete`) },
  { kind: 'move mail', methods: ['POST'], path: whole(`(?:${mail}|mailFolders/.+)/(?:move|copy)`) },
  { kind: 'change mail', methods: ['PUT', 'PATCH'], path: whole(`${mail}(?:/.*)?`) },
  { kind: 'change mailbox settings', methods: changes, path: whole('mailboxSettings(?:/.*)?') },
  { kind: 'search files', methods: gets, path: whole(`${drive}search\\(q='.*'\\)`) },
  { kind: 'open file', methods: gets, path: whole(`${drive}content`) },
  { kind: 'share file', methods: ['POST'], path: whole(`${drive}(?:createLink|invite)`) },
  { kind: 'change file', methods: changes, path: whole(`${drive}[^/]+`) },
  {
    kind: 'change application',
    methods: changes,
    path: whole(
      '(?:applications|servicePrincipals|oauth2PermissionGrants|(?:.+/)?appRoleAssign(?:ments|edTo))(?:/.*)?',
    ),
  },
  {
    kind: 'change account', // Behind the owner nothing may stand: then the account itself is changed.
    methods: changes,
    path: whole(
      '(?:authentication/.+|invitations|users|devices(?:/.+)?|changePassword|revokeSignInSessions|invalidateAllRefreshTokens)?',
    ),
  },
  { kind: 'change role', methods: changes, path: whole('(?:directoryRoles|roleManagement)(?:/.*)?') },
  { kind: 'subscribe', methods: ['POST', 'PATCH'], path: whole('subscriptions(?:/.*)?') },
  { kind: 'search without words', methods: ['POST'], path: whole('search/query') }, // What for stands in the body, which is not logged.
  { kind: 'batch', methods: ['POST'], path: whole('\\$batch') }, // Its requests are logged one by one.
  { kind: 'other reading', methods: ['GET', 'HEAD', 'OPTIONS'], path: /^/ },
]
const otherKind = 'other request'

const addressIn = lastOf(graphAddress)
const uri = at('requestUri', word)
const method = at('requestMethod', word)

/** The request's address, taken apart. */
export const address: Reader<GraphAddress> = (record, activity) => addressIn(uri(record, activity) ?? '')

/** What was asked for: the row of the operations' tables. */
export const requestKind: Reader<string> = (record, activity) => {
  const how = method(record, activity)?.toUpperCase() ?? ''
  const { path, options } = address(record, activity) as GraphAddress
  return kindOf(how, path, options)
}

/** Graph's own id of the one mail that is named: another number than Exchange's Internet message id. */
export const mailAsked: Reader<string> = (record, activity) => {
  const { path } = address(record, activity) as GraphAddress
  return mailId.exec(path)?.[1]
}
const mailId = new RegExp(`^${mails}/((?!delta$)[^/$][^/]*)(?:/|$)`, 'i')

/** The words of a search: `$search` without the quotes around it, a filter as it is, and what a drive is searched for. */
export const wordsAsked: Reader<string> = (record, activity) => {
  const { path, options } = address(record, activity) as GraphAddress
  const inDrive = /(?:^|\/)search\(q='(.*)'\)$/i.exec(path)?.[1]
  return inDrive?.replaceAll("''", "'").replaceAll('%2F', '/') ?? mailQuery(options)
}

function mailQuery(options: GraphAddress['options']): string | undefined {
  const searched = options
    .get('search')
    ?.trim()
    .replace(/^"(.*)"$/s, '$1')
  const filter = options.get('filter')
  return searched || (filter !== undefined && /\bcontains\s*\(/i.test(filter) ? filter : undefined)
}

// No address of Graph is longer: each pattern would go through it again and again.
const longestPath = 8192

function kindOf(how: string, path: string, options: GraphAddress['options']): string {
  if (path.length > longestPath) return otherKind
  const found = kinds.find(
    (each) => each.methods.includes(how) && each.path.test(path) && (each.options?.(options) ?? true),
  )
  return found?.kind ?? otherKind
}

function whole(path: string): RegExp {
  return new RegExp(`^(?:${path})$`, 'is') // An address may hold a line end, which must not have it looked through again and again.
}
