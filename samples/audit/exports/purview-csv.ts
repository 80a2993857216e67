import { sevenDecimals } from '../clock.ts'
import type { Told } from '../story.ts'
import { type EvidenceFile, quotedIfNeeded } from './file.ts'

const header =
  'RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,AssociatedAdminUnitsNames'

/** What the Purview portal gives to download, newest first; the times of 2026 end in a blank and stand in quotes. */
export function purviewCsv(path: string, told: Told[]): EvidenceFile {
  const newest = told.toReversed()
  const rows = newest.map(({ time, record }) => {
    const { Id, RecordType, Operation, UserId } = record
    const cells = [Operation, UserId, JSON.stringify(record), '', ''].map(quotedIfNeeded)
    return [Id, `"${sevenDecimals(time)} "`, RecordType, ...cells].join(',')
  })
  const content = Buffer.from(`${[header, ...rows].join('\r\n')}\r\n`)
  return { path, shape: 'purview-csv', content, ids: newest.map(({ record }) => record.Id) }
}
