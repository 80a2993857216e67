import { type GraphAddress, graphAddress } from '../../microsoft/graph-address.ts'
import { lastOf } from '../../remember.ts'
import { at, word } from '../leaves.ts'
import type { Reader } from '../table.ts'

/** What requests of one kind look like: by which methods, the whole path behind the owner, and what is said of the options. */
type RequestKind = readonly [
  ...[kind: string, methods: readonly string[], path: string],
  isOf?: (options: GraphAddress['options']) => boolean,
]

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
const rows: readonly RequestKind[] = [
  ['search mails', gets, mails, asksAnew],
  ['list mails without bodies', gets, `${mails}(?:/delta)?`, lacksBodies],
  ['list mails', gets, `${mails}(?:/delta)?`],
  ['open attachment', gets, `${mail}/attachments(?:/.*)?`],
  ['open mail without body', gets, mail, lacksBodies],
  ['open mail', gets, `${mail}(?:/\\$value)?`],
  ['send mail', ['POST'], `sendMail|${mail}/(?:send|reply|replyAll|forward)`],
  ['draft mail', ['POST'], `${mails}|${mail}/(?:create(?:Reply|ReplyAll|Forward)|attachments(?:/.*)?)`],
  ['change rules', changes, 'mailFolders/.+/messageRules(?:/.*)?'],
  ['delete mail', ['DELETE'], `${mail}|mailFolders/.+`],
  ['delete mail', ['POST'], `(?:${mail}|mailFolders/.+)/permanentDelete`],
  ['move mail', ['POST'], `(?:${mail}|mailFolders/.+)/(?:move|copy)`],
  ['change mail', ['PUT', 'PATCH'], `${mail}(?:/.*)?`],
  ['change mailbox settings', changes, 'mailboxSettings(?:/.*)?'],
  ['search files', gets, `${drive}search\\(q='.*'\\)`],
  ['open file', gets, `${drive}content`],
  ['share file', ['POST'], `${drive}(?:createLink|invite)`],
  ['change file', changes, `${drive}[^/]+`],
  [
    'change application',
    changes,
    '(?:applications|servicePrincipals|oauth2PermissionGrants|(?:.+/)?appRoleAssign(?:ments|edTo))(?:/.*)?',
  ],
  [
    'change account', // Behind the owner nothing may stand: then the account itself is changed.
    changes,
    '(?:authentication/.+|invitations|users|devices(?:/.+)?|changePassword|revokeSignInSessions|invalidateAllRefreshTokens)?',
  ],
  ['change role', changes, '(?:directoryRoles|roleManagement)(?:/.*)?'],
  ['subscribe', ['POST', 'PATCH'], 'subscriptions(?:/.*)?'],
  ['search without words', ['POST'], 'search/query'], // What for stands in the body, which is not logged.
  ['batch', ['POST'], '\\$batch'], // Its requests are logged one by one.
  ['other reading', ['GET', 'HEAD', 'OPTIONS'], '.*'],
]
const kinds = rows.map(([kind, methods, path, isOf]) => ({ kind, methods, path: whole(path), isOf }))
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
    (each) => each.methods.includes(how) && each.path.test(path) && each.isOf?.(options) !== false,
  )
  return found?.kind ?? otherKind
}

function whole(path: string): RegExp {
  return new RegExp(`^(?:${path})$`, 'is') // An address may hold a line end, which must not have it looked through again and again.
}
