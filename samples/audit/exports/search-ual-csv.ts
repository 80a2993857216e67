import type { Random } from '../../random.ts'
import { americanTime } from '../clock.ts'
import type { Told } from '../story.ts'
import { type EvidenceFile, type Gap, quoted, shuffled } from './file.ts'
import { recordTypeName } from './record-types.ts'

const columns = [
  'RecordType',
  'CreationDate',
  'UserIds',
  'Operations',
  'AuditData',
  'ResultIndex',
  'ResultCount',
  'Identity',
  'IsValid',
  'ObjectState',
]
const typeLine = '#TYPE Deserialized.Microsoft.Exchange.Data.ApplicationLogic.UnifiedAuditLogEvent'

/** Of a hundred rows that ReturnLargeSet gives, so many repeat another one. */
const repeatShare = 0.44

/** How the search was saved: by the old PowerShell with its own columns, or without; `gap` is what did not arrive. */
export type Saved = { remoting: boolean; gap?: { from: number; to: number } }

/** Search-UnifiedAuditLog -SessionCommand ReturnLargeSet | Export-Csv: in no order, with repeats. */
export function searchUalCsv(
  path: string,
  told: Told[],
  { random, saved }: { random: Random; saved: Saved },
): { file: EvidenceFile; gaps: Gap[] } {
  const { remoting, gap } = saved
  const repeats = Array.from({ length: Math.round((told.length * repeatShare) / (1 - repeatShare)) }, () =>
    random.pick(told),
  )
  const all = shuffled(random, [...told, ...repeats])
  const rows = all
    .map(({ time, record }, index) => ({ time, record, index: index + 1 }))
    .filter(({ index }) => gap === undefined || index < gap.from || index > gap.to)
  const before = remoting ? ['outlook.office365.example', random.guid(), 'False'] : []
  const header = [...(remoting ? ['PSComputerName', 'RunspaceId', 'PSShowComputerName'] : []), ...columns]
  const lines = rows.map(({ time, record, index }) =>
    [
      ...before,
      recordTypeName(record.RecordType),
      americanTime(time),
      record.UserId,
      record.Operation,
      JSON.stringify(record).replaceAll('/', '\\/'),
      String(index),
      String(all.length),
      record.Id,
      'True',
      'Unchanged',
    ]
      .map(quoted)
      .join(','),
  )
  const first = remoting ? [`\uFEFF${typeLine}`] : []
  const content = Buffer.from(`${[...first, header.map(quoted).join(','), ...lines].join('\r\n')}\r\n`)
  const ids = rows.map(({ record }) => record.Id)
  const gaps = gap === undefined ? [] : [{ path, ...gap, of: all.length }]
  return { file: { path, shape: 'search-ual-csv', content, ids }, gaps }
}
