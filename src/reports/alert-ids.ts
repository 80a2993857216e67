import { type EcsDocument, isBesideEarlier } from '../document.ts'
import { auditText } from './raw.ts'

type IdOf = (document: EcsDocument) => string | undefined

const ofAuditLog: IdOf = (document) => auditText(document, 'AlertId')

/** By operation, in lower case, what all records of one alert, or of one incident, have in common. */
const ids: ReadonlyMap<string, IdOf> = new Map([
  // The audit log has a record of its own for the alert, for each thing that it names, and for each change of its state.
  ...(['alerttriggered', 'alertentitygenerated', 'alertupdated'] as const).map((name) => [name, ofAuditLog] as const),
  ['securityalert', ofProduct],
  ['securityincident', ofDefender],
])

/** The id that all records of one alert or incident have, where one proves it. */
export function alertOf(document: EcsDocument): string | undefined {
  return ids.get(document['event.action'].toLowerCase())?.(document)
}

// Products number alerts from 1, too.
const leastOfUnique = 16

/** Defender tells an alert again with an earlier first activity, as it finds more, under one id, and Sentinel has it with another time. */
function ofProduct({ 'event.id': id }: EcsDocument): string | undefined {
  const own = isBesideEarlier(id) ? id.slice(0, id.lastIndexOf('~')) : id
  return own.length < leastOfUnique ? undefined : own
}

// `incidents/7?tid=…` (Microsoft's reference of Graph's `incident`) and `incident2/7/overview?tid=…`: the number is Defender's in that tenant; Sentinel
// has one of its own, and this link to what it took from Defender in `AdditionalData.providerIncidentUrl`.
const link = /\/incident(?:s|2)?\/(\d+)\b[^"\s]{0,2000}?[?&]tid=([\da-f-]{36})/i

function ofDefender(document: EcsDocument): string | undefined {
  const told = [auditText(document, 'IncidentWebUrl'), auditText(document, 'AdditionalData')]
  const [, number, tenant] = told.map((text) => link.exec(text ?? '')).find((found) => found !== null) ?? []
  return number === undefined ? undefined : `incident ${number} of ${tenant}`
}
