import { isObject } from '../activity.ts'
import type { CaseReader } from '../case/reader.ts'
import type { SessionUsage } from '../case/sessions.ts'
import { type Certainty, type EcsDocument, type Field, serviceTag } from '../document.ts'
import { isMicrosofts } from '../enrich/microsoft.ts'
import type { Circumstances, Judge, Mark } from '../marks.ts'
import { lettingOf } from '../microsoft/letting-in.ts'
import { isServiceUser } from '../microsoft/service-clients.ts'
import { userOf } from '../reports/said.ts'
import { valueText } from '../value-text.ts'

/** What attributing reads of a document beyond what reports read. */
export const actorFields: readonly Field[] = [
  'azure.signinlogs.properties.is_interactive',
  'hoofprint.application.initiator',
]
/** The same of an audit record, by Microsoft's own names. */
export const actorAuditNames = ['ExtendedProperties', 'ModifiedProperties'] as const

/** Says of a finished document whose doing it is, how sure that is, and what of it is new to the mailbox. */
export type AttributeActor = (document: EcsDocument, event: { readonly time: number; readonly id: string }) => void

interface Verdict {
  readonly actor: Mark['actor']
  readonly certainty: Certainty
}

/** Nobody at the mailbox did these; a delivery's address is its sender's. */
const nobodys: ReadonlySet<string> = new Set(['delivery', 'alert'])

/** Attributes documents by the marks of the case. */
export function actorsOf(reader: Pick<CaseReader, 'sessions' | 'firstSeen' | 'judge'>): AttributeActor {
  const { judge } = reader
  return (document, { time, id }) => {
    const novelties = noveltiesOf(reader, document, id)
    if (novelties !== undefined) document['hoofprint.first_seen'] = novelties
    const verdict = judge.hasMarks ? verdictOn(judge, reader, document, time) : undefined
    document['hoofprint.actor'] = verdict?.actor ?? 'unknown'
    if (verdict !== undefined) document['hoofprint.actor_certainty'] = verdict.certainty
  }
}

function noveltiesOf({ firstSeen }: Pick<CaseReader, 'firstSeen'>, document: EcsDocument, id: string) {
  const mailbox = document['hoofprint.mailbox']
  if (mailbox === undefined || document['source.ip'] === undefined) return undefined
  return firstSeen.of(mailbox, document['event.dataset'] ?? '', id)
}

/**
 * In this order: what is marked itself, the session or the address, where an owner's mark wins, for who marks both knows of a shared
 * session; a session that was used from anywhere hostile, but for records that come from such a place themselves; what many share, as a country;
 * the logon it is attributed to; and, for what a service logged in its own name, whoever asked for it.
 *
 * An application's id stands in the record itself, and Entra vouches for it as it does not for a user agent: hence `record`. The intruder's
 * stands between the owner's address and all else: a mail program may be used by both, whom the owner's address tells apart; but an owner's session proves
 * nothing, for the tokens of an application carry the session in which it was let in, and a deceived owner lets it in himself. For the same reason
 * no session is the intruder's because his application acted in it. The owner's application is what many share: stolen tokens are used with the
 * applications that their owners use, so that any hostile address or session says more. So is any of Microsoft's, whoever is said to have used it. Letting in
 * is no doing of the application's: where nothing else tells, whoever let in the intruder's was the intruder, or was deceived by him: inferred.
 */
function verdictOn(
  judge: Judge,
  { sessions }: Pick<CaseReader, 'sessions'>,
  document: EcsDocument,
  time: number,
): Verdict | undefined {
  if (nobodys.has(document['hoofprint.category'])) return undefined
  const session = document['hoofprint.session.id']
  const own = circumstancesOf(document)
  const bySession = session === undefined ? undefined : sessionMark(judge, session, document['session.id'])
  const address = verdict(judge.ofAddress(own), 'record')
  const byApplication = address?.actor === 'owner' ? undefined : verdict(judge.ofApplication(own), 'record')
  const itself =
    byApplication ?? strongest([address, verdict(bySession, 'session')]) ?? verdict(judge.ofUser(own), 'record')
  if (itself !== undefined) return itself
  const around = verdict(judge.ofSurroundings(own), 'record')
  const isUsed = session !== undefined && around?.actor !== 'intruder'
  return (
    (isUsed ? ofUsages(judge, sessions.usages(session), own) : undefined) ??
    around ??
    ofLogon(judge, document) ??
    ofRequest(judge, sessions, document, time) ??
    ofLettingIn(judge, document)
  )
}

/** A mark names the session by any of its ids. */
function sessionMark(judge: Judge, key: string, own: string | undefined): Mark | undefined {
  return judge.ofSession(key) ?? (own === undefined ? undefined : judge.ofSession(own))
}

function verdict(mark: Mark | undefined, certainty: Certainty): Verdict | undefined {
  return mark === undefined ? undefined : { actor: mark.actor, certainty }
}

function strongest(verdicts: readonly (Verdict | undefined)[]): Verdict | undefined {
  return verdicts.find((one) => one?.actor === 'owner') ?? verdicts.find((one) => one !== undefined)
}

/**
 * A session that was used from anywhere hostile. That is proof where it was used from nowhere else, nor this from an address of its own: a
 * stolen token is used in the session of its owner, whose own doings are in it too. Where Exchange Online answers for whoever is in the session,
 * its addresses are nobody's; Microsoft's other ones are also those of machines that anybody rents.
 */
function ofUsages(judge: Judge, usages: readonly SessionUsage[], { ip }: Circumstances): Verdict | undefined {
  const others = judge.notHostile(usages)
  if (others.length === usages.length) return undefined
  const isProof = ip === undefined && others.every((usage) => isMicrosofts(usage.ip, undefined))
  return { actor: 'intruder', certainty: isProof ? 'session' : 'inferred' }
}

/** What a record says of itself; a service's address is Microsoft's, and whoever was refused is not known to have been the account's. */
function circumstancesOf(document: EcsDocument): Circumstances {
  const userAgent = document['user_agent.original']
  const application = applicationThatActed(document)
  const isRefused = document['hoofprint.category'] === 'logon' && document['event.outcome'] === 'failure'
  const user = isRefused ? undefined : userOf(document)?.toLowerCase()
  if (document.tags?.includes(serviceTag) === true) return { application, user }
  return { ip: document['source.ip'], application, user, userAgent, ...placeOf(document, 'source') }
}

/** What is let in did not act; the application that let it in did, if one did. */
function applicationThatActed(document: EcsDocument): string | undefined {
  const acted = isLettingIn(document) ? 'hoofprint.application.initiator' : 'hoofprint.application.id'
  return document[acted]
}

/** Then its application did not act, but somebody who let it in, or took that back. */
function isLettingIn(document: EcsDocument): boolean {
  return document['hoofprint.category'] === 'consent' || isSigningIn(document)
}

/**
 * Whether somebody signed in to an application in a browser, as for a consent: he who is at that address did, not the application. Tokens
 * that it renews, it asks for itself. Audit records tell it by what was requested.
 */
function isSigningIn(document: EcsDocument): boolean {
  if (document['hoofprint.category'] !== 'logon') return false
  const extended = document['o365.audit']?.['ExtendedProperties']
  const request = isObject(extended) ? valueText(extended['RequestType']) : undefined
  return document['azure.signinlogs.properties.is_interactive'] === true || inBrowser.test(request ?? '')
}

const inBrowser = /^(?:oauth2:authorize|login:)/i

/** Who takes back what an application was given, or only changes it, is no intruder for that. */
function ofLettingIn(judge: Judge, document: EcsDocument): Verdict | undefined {
  if (!isLettingIn(document)) return undefined
  const modified = document['o365.audit']?.['ModifiedProperties']
  if (lettingOf(document['event.action'], modified) !== 'in') return undefined
  return verdict(judge.ofApplication({ application: document['hoofprint.application.id'] }), 'inferred')
}

/** Only where the record itself says nothing of its address, or that is Microsoft's. */
function ofLogon(judge: Judge, document: EcsDocument): Verdict | undefined {
  const {
    'hoofprint.logon.ip': ip,
    'hoofprint.logon.user_agent': userAgent,
    'hoofprint.logon.method': method,
  } = document
  if (ip === undefined) return undefined
  const isOwnKnown = document['source.ip'] !== undefined && document.tags?.includes(serviceTag) !== true
  if (isOwnKnown) return undefined
  const logon = { ip, userAgent, ...placeOf(document, 'hoofprint.logon') }
  return verdict(judge.ofAddress(logon) ?? judge.ofSurroundings(logon), method === 'session' ? 'session' : 'inferred')
}

/** What Entra writes into the directory for a user, it logs under the name of the service that does it. */
function ofRequest(
  judge: Judge,
  sessions: CaseReader['sessions'],
  document: EcsDocument,
  time: number,
): Verdict | undefined {
  const target = document['user.target.email']
  if (document['hoofprint.category'] !== 'account' || target === undefined) return undefined
  if (document['source.ip'] !== undefined || !isServiceUser(document['user.id'] ?? '')) return undefined
  const request = sessions.request(target.toLowerCase(), time)
  if (request === undefined) return undefined
  const session = request.session === undefined ? undefined : judge.ofSession(sessions.key(request.session))
  const account = judge.ofUser({ user: target.toLowerCase() })
  const asked = strongest([judge.ofAddress(request), session, account].map((mark) => verdict(mark, 'inferred')))
  if (asked !== undefined) return asked
  const usages = request.session === undefined ? [] : sessions.usages(request.session)
  const isOfIntruder = judge.notHostile(usages).length < usages.length
  return isOfIntruder
    ? { actor: 'intruder', certainty: 'inferred' }
    : verdict(judge.ofSurroundings(request), 'inferred')
}

/** Fields that look-ups fill, where there are databases of places and networks. */
function placeOf(document: EcsDocument, of: 'source' | 'hoofprint.logon'): Pick<Circumstances, 'asn' | 'country'> {
  return { asn: document[`${of}.as.number`], country: document[`${of}.geo.country_iso_code`] }
}
