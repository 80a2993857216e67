import type { Json } from '../../../activity.ts'
import { auditDataIn } from './audit-record.ts'
import type { ReadRecord } from './shape.ts'

/**
 * The JSON of a record as it stands in quotes in a row of CSV, as far as the row goes; undefined where there is none. Splunk keeps in `_raw` the row
 * that it was given, and of a long one its beginning alone (props.conf: TRUNCATE, 10,000 bytes unless set).
 */
export function quotedRecord(row: string): string | undefined {
  const start = /(?<=")\{\s*""/.exec(row)?.index
  if (start === undefined) return undefined
  const parts = row.slice(start).split('""')
  const last = parts.findIndex((part) => part.includes('"'))
  if (last === -1) return parts.join('"')
  return [...parts.slice(0, last), parts[last]?.split('"')[0] ?? ''].join('"')
}

/** The record in a cell or member; where that is empty, for Splunk found no end of it, what the row has that it came in. Or why there is none. */
export function auditDataOrRow(value: Json | undefined, row: Json | undefined): ReadRecord | string {
  const held = auditDataIn(value)
  if (typeof held === 'object' || typeof row !== 'string' || (typeof value === 'string' && value.trim() !== ''))
    return held
  const left = auditDataIn(quotedRecord(row))
  return typeof left === 'object' ? left : held
}
