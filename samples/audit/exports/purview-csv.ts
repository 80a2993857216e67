import { sevenDecimals } from '../clock.ts'
import type { Told } from '../story.ts'
import { type EvidenceFile, quotedIfNeeded } from './file.ts'

/** What stands before the first row. */
export const purviewStart =
  'RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,AssociatedAdminUnitsNames\r\n'

/** Writes one row, line end included; the times of 2026 end in a blank and stand in quotes. */
export function purviewRow({ time, record }: Pick<Told, 'time' | 'record'>): string {
  const { Id, RecordType, Operation, UserId } = record
  const cells = [Operation, UserId, JSON.stringify(record), '', ''].map(quotedIfNeeded)
  return `${[Id, `"${sevenDecimals(time)} "`, RecordType, ...cells].join(',')}\r\n`
}

/** What the Purview portal gives to download, newest first. */
export function purviewCsv(path: string, told: Told[]): EvidenceFile {
  const newest = told.toReversed()
  const content = Buffer.from(purviewStart + newest.map(purviewRow).join(''))
  return { path, shape: 'purview-csv', content, ids: newest.map(({ record }) => record.Id) }
}
