import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { jsonCell } from './json-cell.ts'
import { member, textOf } from './members.ts'

/** What a change of the directory was done to, under the audit log's names: whom it gave or took something first. */
export function targetsAsAudited(given: readonly JsonObject[], operation: string) {
  const targets = whomFirst(given)
  const [target] = targets
  const [first] = given
  const modified = targets.flatMap(modifiedIn)
  return {
    ObjectId: named(target, 'userPrincipalName') ?? named(target, 'displayName') ?? named(target, 'id'),
    ModifiedProperties: target === first ? modified : withHolder(modified, first, operation),
    // The first's principal name is the object. Ids that are made of a record without one are made of these, too.
    Target: targets.flatMap((one) =>
      ['id', 'displayName', ...(one === target ? [] : ['userPrincipalName'])]
        .map((name) => named(one, name))
        .filter((ID) => ID !== undefined)
        .map((ID) => ({ ID, Type: 0 })),
    ),
  }
}

// What somebody may be made a member of, and the property in which the audit log names it, which Privileged Identity Management does not have.
const holders: ReadonlyMap<string, string> = new Map([
  ['role', 'Role.DisplayName'],
  ['group', 'Group.DisplayName'],
])
const members: ReadonlySet<string> = new Set(['user', 'serviceprincipal', 'group', 'device'])

/** Privileged Identity Management names the role first, then its own request, then who is given it; the audit log has who first. */
function whomFirst(targets: readonly JsonObject[]): readonly JsonObject[] {
  const [first, ...others] = targets
  if (!holders.has(kindOf(first))) return targets
  const whom = others.find((one) => members.has(kindOf(one)))
  return whom === undefined ? targets : [whom, ...targets.filter((one) => one !== whom)]
}

function withHolder(modified: JsonObject[], holder: JsonObject | undefined, operation: string): JsonObject[] {
  const property = holders.get(kindOf(holder))
  const name = named(holder, 'displayName')
  if (property === undefined || name === undefined || modified.some(({ Name }) => Name === property)) return modified
  const [NewValue, OldValue] = takes.test(operation) ? ['', name] : [name, '']
  return [{ Name: property, NewValue, OldValue }, ...modified]
}
const takes = /^(?:remove|delete)\b/i

function kindOf(target: JsonObject | undefined): string {
  return named(target, 'type')?.toLowerCase() ?? ''
}

function modifiedIn(target: JsonObject): JsonObject[] {
  const given: Json = jsonCell(member(target, 'modifiedProperties') ?? null)
  return (Array.isArray(given) ? given : [given]).filter(isObject).map((property) => ({
    Name: member(property, 'displayName') ?? '',
    NewValue: member(property, 'newValue') ?? '',
    OldValue: member(property, 'oldValue') ?? '',
  }))
}

function named(target: JsonObject | undefined, name: string): string | undefined {
  return target === undefined ? undefined : textOf(member(target, name))
}
