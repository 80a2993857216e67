import { shownId } from '../../withheld.ts'
import { madeOf, type Reader, text } from '../table.ts'
import { deviceProperty, within } from './name-values.ts'

/**
 * What proves whose session a record is of. Microsoft, "Track and investigate identity activities with linkable
 * identifiers": the session id is one and the same in sign-ins, Exchange, SharePoint and Teams, and every access token, named by
 * its unique token id, is issued in one session. No proof are correlation and request ids, which clients choose and use for
 * several sign-ins, device ids, which all sessions of a device share, and Outlook's ClientSessionId beside another record's.
 */
const proofs: readonly { readonly id: Reader<string>; readonly names: 'session' | 'token' }[] = [
  { names: 'session', id: madeOf(text('SessionId'), shownId) }, // Exchange
  { names: 'session', id: madeOf(deviceProperty('SessionId'), shownId) }, // Entra
  { names: 'session', id: madeOf(within('AppAccessContext', 'AADSessionId'), shownId) },
  { names: 'token', id: madeOf(within('AppAccessContext', 'UniqueTokenId'), shownId) },
  { names: 'token', id: madeOf(text('UniqueTokenId', 'UniqueTokenIdentifier'), shownId) },
]
const sessions = proofs.filter(({ names }) => names === 'session')

/** Exchange's SessionId is Entra's DeviceProperties.SessionId and AADSessionId: it links what was done to its logon. */
export const session: Reader<string> = (record, activity) => {
  for (const proof of sessions) {
    const id = proof.id(record, activity)
    if (id !== undefined) return id
  }
  return undefined
}

/** All ids but the first that prove the same session: one record was made in one session, whatever it calls it. */
export const sessionIds: Reader<readonly string[]> = (record, activity) => {
  let ids: string[] | undefined
  const own = session(record, activity)
  for (const proof of proofs) {
    const id = proof.id(record, activity)
    if (id === undefined || id === own || ids?.includes(id)) continue
    ids ??= []
    ids.push(id)
  }
  return ids
}
