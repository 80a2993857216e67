// Which events a panel means: the words for them, once.

import { auditingParameters, weightyOperations } from './weighty-operations.ts'

/**
 * What two records tell counts once: a logon that both logs hold in the audit log, a change of the directory where its address is, a row of
 * a table in the record that it was made of.
 */
export const once = 'not tags: also-audited'
export const logons = `hoofprint.category: logon and ${once}`
export const succeeded = 'event.outcome: success'
export const failed = 'event.outcome: failure'
/** Neither completed nor refused: a second factor asked for, a session not sufficient; or the record does not say. */
export const unknown = 'event.outcome: unknown'
/** Stopped only by what comes after the first factor. Both logs tell it, and the sign-in log alone what it was. */
export const stopped = 'hoofprint.category: logon and hoofprint.first_factor: *'
export const passwordRight = 'hoofprint.first_factor: password'
/** By a code that was entered on another device. Only the sign-in log has these, so there also what the audit log has counts. */
export const deviceCodes = 'hoofprint.category: logon and tags: device-code'
/** What the sign-in log has, also what counts in the audit log. */
export const signIns = 'hoofprint.category: * and data_stream.dataset: azure.signinlogs'
/** Of applications that signed in by themselves. */
export const ownSignIns = `${signIns} and azure.signinlogs.properties.service_principal_id: *`
export const copilot = `hoofprint.category: copilot and ${once}`
/** What was asked for, as the reports count it: Outlook records steps without words too, and what eDiscovery does afterwards gives access to nothing. */
export const searches = `hoofprint.category: search and event.type: access and (hoofprint.search.query: * or event.dataset: o365.audit) and ${once}`
/** What had been typed at a key stroke, in Outlook's activities of 2018. */
export const keyStrokes = `hoofprint.category: search and event.type: info and event.dataset: o365.activity and ${once}`
const happenedOnce = `not event.outcome: failure and ${once}`
/** Mails named as opened: by audit records, or by Outlook's activities of 2018, as a display in the reading pane. What failed opened none. */
export const openings = `(hoofprint.mail_access: bind or event.action: ReadingPaneDisplayStart) and ${happenedOnce}`
export const sync = `hoofprint.mail_access: sync and ${happenedOnce}`
export const throttled = 'hoofprint.category: * and tags: throttled'
export const attachments = `hoofprint.category: attachment and ${once}`
/** What is done in mailboxes, and to them. */
export const mailActivity = `hoofprint.category: (read or search or send or delete or attachment or move or rule or forward or permission) and ${once}`
/** What makes mail go, or somebody come, another way. */
export const changes = `hoofprint.category: (rule or forward or permission or consent or account) and ${once}`
/** Requests to Microsoft Graph for mail, and what they were for: to open, list, search, send, move or delete it, or to change its rules. */
export const graphRequests = 'hoofprint.request: * and event.category: email'
/** Of these, what was given: a request proves what was asked for, and by its status whether it was given. */
export const graphGave = `${graphRequests} and ${succeeded}`
export const files = `hoofprint.category: (file or share) and ${once}`
/**
 * What administrators do, or whoever took their place, beside rules and permissions: who was given a role, what of mailboxes was exported or shown, how mail
 * gets out and people get in, and what changed what is recorded or kept.
 */
export const weighty = `(event.action: (${weightyOperations.map((name) => `"${name}"`).join(' or ')}) or hoofprint.summary.text: (${auditingParameters.join(' or ')})) and hoofprint.category: * and ${once}`
/** An application got what it had asked for. */
export const letIn = `hoofprint.category: consent and event.outcome: success and ${once}`
/** Microsoft's own services read every mailbox, in its owner's name. */
export const byPeople = 'not tags: microsoft-service'
export const byServices = 'tags: microsoft-service'

export const byIntruder = 'hoofprint.actor: intruder'
export const byOwner = 'hoofprint.actor: owner'
export const byUnknown = 'hoofprint.actor: unknown'
/** Whose it was is told by the record, or by a session that was used from nowhere else. */
export const sure = 'hoofprint.actor_certainty: (record or session)'
/** Everything that happened, each thing once: not that something stood when somebody looked. */
export const happened = `hoofprint.category: * and not event.kind: state and ${once}`

/** What stood, as listed, and is of a kind that intruders make. */
export const toLookAt = 'hoofprint.category: state and tags: to-look-at'

/** From where: what the record says, else the logon it is attributed to. */
export const from = 'hoofprint.from.address'

/** All of the filters at once. */
export function and(...filters: readonly string[]): string {
  return filters
    .map((filter) => (filter.includes(' or ') && !/^\([^()]*\)$/.test(filter) ? `(${filter})` : filter))
    .join(' and ')
}
