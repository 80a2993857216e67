import type { JsonObject } from '../../../activity.ts'

// Export-Csv takes the columns of the first object for all, so what only others have is nowhere in the table, and Microsoft's Portable Audit eXporter
// (PAX) explodes records without their lists: nothing stands in their place then.

/** Columns that tell what was done, of which every record of a kind has one, whole or spread: its own, or one that tools lift that to. */
const ofOperations: ReadonlyMap<string, RegExp> = new Map([
  ['CopilotInteraction', column('CopilotEventData')],
  ['MailItemsAccessed', column('OperationProperties', 'MailAccessType')],
  ['SearchQueryInitiatedExchange', column('QueryText')],
  ['SearchQueryInitiatedSharePoint', column('QueryText')],
  ...['Send', 'SendAs', 'SendOnBehalf'].map((sent): [string, RegExp] => [sent, column('Item')]),
])

const ofRecordTypes: ReadonlyMap<string, RegExp> = new Map([
  ...[1, 'exchangeadmin'].map((type): [string, RegExp] => [`${type}`, column('Parameters', 'Param')]),
  ...[3, 'exchangeitemgroup'].map((type): [string, RegExp] => [`${type}`, column('AffectedItems')]),
  ...[8, 'azureactivedirectory'].map((type): [string, RegExp] => [`${type}`, column('ModifiedProperties')]),
  ...[15, 'azureactivedirectorystslogon'].map((type): [string, RegExp] => [`${type}`, column('ExtendedProperties')]),
])

function column(...names: readonly string[]): RegExp {
  return new RegExp(`^(?:${names.join('|')})(?:$|[_./{])`, 'i')
}

/** Whether a table has no column for what every record of this kind has. */
export function isLeftOut({ Operation: operation, RecordType: type }: JsonObject, columns: readonly string[]): boolean {
  const telling = ofOperations.get(String(operation)) ?? ofRecordTypes.get(String(type).toLowerCase())
  return telling !== undefined && !columns.some((name) => telling.test(name))
}
