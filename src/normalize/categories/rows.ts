import type { EventCategory, EventType } from '../../document.ts'
import type { FieldTable, Operations } from '../table.ts'

/** A row for each of these operations, which have commas between, with nothing of its own. */
export function plain(operations: string): Record<string, FieldTable> {
  return rows({}, operations)
}

/** The same row for each of these operations. */
export function rows(row: FieldTable, operations: string): Record<string, FieldTable> {
  return Object.fromEntries(operations.split(/,\s+/).map((operation) => [operation, row]))
}

type Types = EventType | `${EventType} ${EventType}`

/** Operations of ECS categories by their ECS types: `{ 'user change': 'Set-User, Set-MailUser' }`; they share `fields`, and have nothing of their own. */
export function partsOf(...category: EventCategory[]) {
  return (parts: { readonly [Name in Types]?: string }, fields: FieldTable = {}): Operations[] =>
    Object.entries(parts).map(([types, operations]) => {
      return { ecs: { category, type: types.split(' ') as EventType[] }, fields, operations: plain(operations) }
    })
}

export const [iamParts, configurationParts] = [partsOf('iam'), partsOf('configuration')]
export const [emailParts, fileParts] = [partsOf('email'), partsOf('file')]
