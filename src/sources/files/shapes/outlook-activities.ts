import { isObject, type Json, type JsonObject } from '../../../activity.ts'
import { pythonLiteral } from '../python-repr.ts'
import { activityColumns, shapedActivity } from './retriever-csv.ts'
import type { JsonShape } from './shape.ts'

/**
 * Outlook activities as the API gave them. They become what retriever.py would have written of them, so that an activity that was kept
 * in a CSV and one that was fetched are the same.
 */
export const outlookActivities: JsonShape = {
  name: 'outlook-activities',
  title: 'Outlook activities',
  recognizes: (record) => 'ActivityIdType' in record && 'TimeStamp' in record,
  owner: {
    rowsWith: 'ServerLogon',
    read(record) {
      const properties = record['ActivityIdType'] === 'ServerLogon' ? propertiesIn(record['CustomProperties']) : ''
      const name = typeof properties === 'string' ? undefined : properties.get('UserName')
      return typeof name === 'string' ? name : undefined
    },
  },
  read(record, _truncated, mailbox = '') {
    const properties = propertiesIn(record['CustomProperties'])
    if (typeof properties === 'string') return properties
    const cells = Object.fromEntries(activityColumns.map((column) => [column, textOf(record[column])]))
    cells['CustomProperties'] = properties.size === 0 ? '' : pythonLiteral(properties)
    return shapedActivity(cells, mailbox, () => Object.fromEntries(properties) as JsonObject)
  },
}

/** By name, in the order in which the names first came; of two with one name the last counts: that is Python's `dict`. */
function propertiesIn(value: Json | undefined): ReadonlyMap<string, Json> | string {
  const properties = new Map<string, Json>()
  if (value === undefined || value === null) return properties
  if (!Array.isArray(value)) return 'CustomProperties is not a list'
  for (const property of value) {
    if (!isObject(property) || typeof property['Name'] !== 'string') return 'CustomProperties holds what has no Name'
    properties.set(property['Name'], property['Value'] ?? null)
  }
  return properties
}

/** As Python's `csv` writes a value. */
function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : pythonLiteral(value)
}
