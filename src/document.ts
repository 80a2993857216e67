import type azureGraphActivityLogs from '../mappings/components/hoofprint-azure-graphactivitylogs.json'
import type azureSignInLogs from '../mappings/components/hoofprint-azure-signinlogs.json'
import type ecs from '../mappings/components/hoofprint-ecs.json'
import type o365Activity from '../mappings/components/hoofprint-o365-activity.json'
import type o365Audit from '../mappings/components/hoofprint-o365-audit.json'
import type o365MessageTrace from '../mappings/components/hoofprint-o365-messagetrace.json'
import type o365State from '../mappings/components/hoofprint-o365-state.json'
import type { JsonObject } from './activity.ts'
import type { Actor } from './marks.ts'

/**
 * Every field there is, by its dotted name: the mappings are the schema, so what is not mapped cannot be written. An object
 * that has its own `dynamic` is one field: its normalizer makes the whole of it from a record's raw fields.
 */
export type Field =
  | FieldsOf<typeof ecs>
  | FieldsOf<typeof o365Activity>
  | FieldsOf<typeof o365Audit>
  | FieldsOf<typeof azureSignInLogs>
  | FieldsOf<typeof azureGraphActivityLogs>
  | FieldsOf<typeof o365MessageTrace>
  | FieldsOf<typeof o365State>

type FieldsOf<Component extends { template: { mappings: { properties: object } } }> = Leaves<
  Component['template']['mappings']['properties']
>

type Leaves<Properties, Path extends string = ''> = {
  [Name in keyof Properties & string]: Properties[Name] extends { dynamic: unknown }
    ? `${Path}${Name}`
    : Properties[Name] extends { properties: infer Inner }
      ? Leaves<Inner, `${Path}${Name}.`>
      : `${Path}${Name}`
}[keyof Properties & string]

/** The values of ECS `event.category` that are used here (ECS 9 allows these and others). */
export type EventCategory = 'authentication' | 'configuration' | 'email' | 'file' | 'iam' | 'web'

/** The values of ECS `event.type` that are used here. */
export type EventType =
  | 'access'
  | 'admin'
  | 'change'
  | 'creation'
  | 'deletion'
  | 'end'
  | 'group'
  | 'info'
  | 'start'
  | 'user'

/** ECS `event.outcome`: `unknown` also where a logon was neither completed nor refused. */
export type Outcome = 'success' | 'failure' | 'unknown'

/** The activity category, the one tag that dashboards and reports split by. */
export type CategoryName =
  | 'logon'
  | 'read'
  | 'search'
  | 'attachment'
  | 'send'
  | 'delete'
  | 'move'
  | 'rule'
  | 'forward'
  | 'permission'
  | 'consent'
  | 'account'
  | 'admin'
  | 'file'
  | 'share'
  | 'alert'
  | 'calendar'
  | 'delivery'
  | 'request'
  | 'copilot'
  | 'state'
  | 'other'

/** How a logon was attributed to an activity: proved by a common session, or the nearest earlier one. */
export type LogonMethod = 'session' | 'nearest'

/** How it is known from where something was done. `service`: the address is Microsoft's, and says nothing of who asked. */
export type AddressMethod = 'recorded' | LogonMethod | 'service'

/** How sure it is whose an event is: its own record says so, its session does, or it is inferred. */
export type Certainty = 'record' | 'session' | 'inferred'

/**
 * Tags what another record of the case tells too: a sign-in that the audit log holds under the same id, and a change of the directory of which the
 * other log names the address, or is the audit log. Whoever counts what was done counts it there.
 */
export const alsoAudited = 'also-audited'

/** Tags a row of a table that somebody made of records that the case has too; it is `also-audited` as well. */
export const retoldTag = 'retold'

/** Tags what another copy of the same record, which says as much, tells otherwise: an export that was edited, or a later version of the record. */
export const copiesDiffer = 'copies-differ'

/** Tags what says more than the record that it cites: what other exports or copies of the same thing alone say was added. */
export const completedTag = 'completed'

/** Tags what stood, as listed, and is of a kind that intruders make: it lets mail out, hides it, lets somebody in or keeps from being recorded what is done. */
export const toLookAtTag = 'to-look-at'

/** Tags what has an operation that no table lists: it is `other` for want of a better word. */
export const unknownOperation = 'unknown-operation'

/** Tags what had ids, names or addresses taken out of it before the evidence was handed over. */
export const withheldTag = 'withheld'

/** The tag of what Microsoft's services did. */
export const serviceTag = 'microsoft-service'

/** Tags a sign-in by a code that was entered on another device, or by a token that was once got so. */
export const deviceCodeTag = 'device-code'

/** A password that was right, a token or session from before, or something that the record does not name. */
export type FirstFactor = 'password' | 'token' | 'accepted'

/** Fields whose value is not any text. */
interface Typed {
  'client.port': number
  'email.attachments.file.name': readonly string[]
  'email.bcc.address': readonly string[]
  'email.cc.address': readonly string[]
  'email.from.address': readonly string[]
  /** A list where a record names several mails: then subjects are each of theirs, once. */
  'email.message_id': string | readonly string[]
  'email.subject': string | readonly string[]
  'email.to.address': readonly string[]
  'event.category': readonly EventCategory[]
  'event.outcome': Outcome
  'event.severity': number
  'event.type': readonly EventType[]
  'file.size': number
  'hoofprint.actor': Actor
  'hoofprint.actor_certainty': Certainty
  'hoofprint.category': CategoryName
  'hoofprint.copilot.addresses': readonly string[]
  'hoofprint.copilot.contexts': readonly string[]
  'hoofprint.copilot.refused': readonly string[]
  'hoofprint.copilot.resources': readonly string[]
  /** What a sign-in had that was stopped after its first factor was accepted: `accepted` where its record does not tell. */
  'hoofprint.first_factor': FirstFactor
  'hoofprint.folder': readonly string[]
  /** What message traces tell became of a mail that was sent: `Delivered`, `Failed` …, or events on its way. */
  'hoofprint.trace.status': readonly string[]
  'hoofprint.first_seen': readonly ('ip' | 'asn' | 'country' | 'user_agent')[]
  /** The record names the session, or a token of it, or is the sign-in of an audit record that does. */
  'hoofprint.session.known_by': 'record' | 'token' | 'sign-in'
  'hoofprint.evidence.row': number
  'hoofprint.from.method': AddressMethod
  'hoofprint.logon.method': LogonMethod
  /** How it is known when somebody saw that it was so: from the name of the listing's file, or from when that was changed last. */
  'hoofprint.listed.by': 'name' | 'change'
  'hoofprint.mail_access': 'bind' | 'sync'
  'hoofprint.messages': number
  'o365.activity.CustomProperties': JsonObject
  'o365.audit': JsonObject
  'related.hash': readonly string[]
  'related.hosts': readonly string[]
  'related.ip': readonly string[]
  'related.user': readonly string[]
  /** A list where several rules matched. */
  'rule.id': string | readonly string[]
  'rule.name': string | readonly string[]
  'source.port': number
  tags: readonly string[]
  'hoofprint.logon.as.number': number
  'hoofprint.logon.geo.location': { readonly lat: number; readonly lon: number }
  'source.as.number': number
  'source.geo.location': { readonly lat: number; readonly lon: number }
  'azure.signinlogs.properties.applied_conditional_access_policies': readonly JsonObject[]
  'azure.signinlogs.properties.authentication_details': readonly JsonObject[]
  'azure.signinlogs.properties.authentication_processing_details': readonly JsonObject[]
  'azure.signinlogs.properties.authentication_requirement_policies': readonly JsonObject[]
  'azure.signinlogs.properties.autonomous_system_number': number
  'azure.signinlogs.properties.conditional_access_audiences.application_id': readonly string[]
  'azure.signinlogs.properties.device_detail.is_compliant': boolean
  'azure.signinlogs.properties.device_detail.is_managed': boolean
  'azure.signinlogs.properties.flagged_for_review': boolean
  'azure.signinlogs.properties.is_interactive': boolean
  'azure.signinlogs.properties.is_tenant_restricted': boolean
  'azure.signinlogs.properties.is_through_global_secure_access': boolean
  'azure.signinlogs.properties.location.geo_coordinates.latitude': number
  'azure.signinlogs.properties.location.geo_coordinates.longitude': number
  'azure.signinlogs.properties.network_location_details': readonly JsonObject[]
  'azure.signinlogs.properties.other': JsonObject
  'azure.signinlogs.properties.processing_time_ms': number
  'azure.signinlogs.properties.risk_event_types': readonly string[]
  'azure.signinlogs.properties.risk_event_types_v2': readonly string[]
  'azure.signinlogs.properties.sign_in_event_types': readonly string[]
  'azure.signinlogs.properties.status.error_code': number
  'azure.graphactivitylogs.properties.client_auth_method': number
  'azure.graphactivitylogs.properties.is_replay': boolean
  'azure.graphactivitylogs.properties.other': JsonObject
  'azure.graphactivitylogs.properties.roles': readonly string[]
  'azure.graphactivitylogs.properties.scopes': readonly string[]
  'azure.graphactivitylogs.properties.wids': readonly string[]
  'http.response.body.bytes': number
  'http.response.status_code': number
  'o365.messagetrace.Other': JsonObject
  'o365.messagetrace.RecipientAddress': readonly string[]
  'o365.messagetrace.RecipientCount': number
  'o365.messagetrace.Size': number
  'o365.state': JsonObject
}

export type Value<F extends Field> = F extends keyof Typed ? Typed[F] : string

/** Some fields of a document, keyed by ECS field name. */
export type Fields = { [F in Field]?: Value<F> | undefined }

/** The one document this connector produces, keyed by ECS field name. */
export type EcsDocument = Fields & {
  '@timestamp': string
  'event.id': string
  'event.action': string
  'event.outcome': Outcome
  'hoofprint.category': CategoryName
}

/** The id of a document whose event has the id of an earlier one: that has it as it came, and may arrive later. */
export function idBesideEarlier(id: string, time: number): string {
  return `${id}~${time}`
}

/** Whether an id may be such a one, under which the event was not delivered before the earlier one came. */
export function isBesideEarlier(id: string): boolean {
  return /~-?\d{9,}$/.test(id)
}
