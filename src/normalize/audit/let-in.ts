import { isObject, type Json, type JsonObject } from '../../activity.ts'
import { isGuid } from '../../guid.ts'
import { applicationId, applicationName } from '../../microsoft/applications.ts'
import { lastOf } from '../../remember.ts'
import { type FieldTable, firstOf, madeOf, type Reader, text } from '../table.ts'
import { initiatorId } from './initiator.ts'
import { nameValues, objectsIn, parameter } from './name-values.ts'

/** The properties that a directory record says were changed, by name: the new value, of what was taken away the old one. */
const changed = lastOf((record: JsonObject): ReadonlyMap<string, string> => {
  const all = nameValues(record['ModifiedProperties']).map(({ name = '', value, whole }): [string, string] => {
    const { NewValue, OldValue } = isObject(whole) && 'NewValue' in whole ? whole : isObject(value) ? value : {}
    return [name, [NewValue, OldValue].find(saysSomething) ?? '']
  })
  return new Map(all.filter(([, value]) => value !== ''))
})

function saysSomething(value: Json | undefined): value is string {
  return typeof value === 'string' && !/^[\s"[\]]*$/.test(value)
}

const property =
  (name: string): Reader<string> =>
  (record) =>
    changed(record).get(name)

/** Among the targets of a directory record, of one kind (Microsoft's schema of Actor and Target: 1 is a name, 4 a service principal's names). */
const targetOf =
  (type: string): Reader<string> =>
  (record) => {
    const id = objectsIn(record['Target']).find((target) => String(target['Type']) === type)?.['ID']
    return typeof id === 'string' && id !== '' ? id : undefined
  }

/**
 * What is given to an application is a right to something of another one, Microsoft Graph mostly: that is the record's target. Where a user or
 * a group is let into an application, the target is that.
 */
const grantee = property('ServicePrincipal.AppId')
const toPeople = /\b(?:to|from) (?:user|group)\b/i
const isGrant: Reader<boolean> = (record, { operation }) =>
  !toPeople.test(operation) &&
  [...changed(record).keys()].some((name) => /^(?:DelegatedPermissionGrant|AppRole|ServicePrincipal)\./.test(name))
const unlessGrant =
  (read: Reader<string>): Reader<string> =>
  (record, activity) =>
    isGrant(record, activity) === true ? undefined : read(record, activity)

// A service principal has several names, its application's id among them, alone or within a URL; values may be lists in JSON.
const idIn = (names: string) => applicationId(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i.exec(names)?.[0] ?? '')

const id = firstOf(
  ...[
    grantee,
    property('AppPrincipalId'),
    property('AppId'),
    unlessGrant(property('TargetId.ServicePrincipalNames')),
    unlessGrant(property('ServicePrincipalName')),
    unlessGrant(targetOf('4')),
    parameter('AppId'),
  ].map((read) => madeOf(read, idIn)),
)

/** Directory audits are made records of the audit log's kind with the target's name as the object, of type 0 among the targets. */
const objectId = text('ObjectId')
const directoryName: Reader<string> = (record, activity) => {
  const object = objectId(record, activity)
  const isNamed = objectsIn(record['Target']).some(({ ID, Type }) => ID === object && String(Type) === '0')
  return isNamed && object !== undefined && !isGuid(object) ? object : undefined
}

/** What stands between brackets and quotes, unless quotes stand within it. From the end it is sought from its last character: of blanks alone all would be tried. */
const plain = (value: string) => {
  const end = /[^\s"[\]]/
  const begin = value.search(end)
  if (begin === -1) return ''
  let last = value.length - 1
  while (!end.test(value[last] as string)) last -= 1
  const inner = value.slice(begin, last + 1)
  return inner.includes('"') ? undefined : inner
}

const name = firstOf(
  madeOf(property('ServicePrincipal.DisplayName'), plain),
  unlessGrant(targetOf('1')),
  unlessGrant(directoryName),
  madeOf(id, applicationName),
)

/**
 * The application that was let in, or shut out: it did not act, so that whoever asks what an application did looks at the category too. The one that did
 * it, where an application did, as one that gives itself more, has a field of its own.
 */
export const letIn: FieldTable = {
  'hoofprint.application.id': id,
  'hoofprint.application.initiator': firstOf(madeOf(text('ClientAppId'), applicationId), initiatorId),
  'application.name': name,
}
