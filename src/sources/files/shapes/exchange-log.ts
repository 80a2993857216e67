import type { JsonObject } from '../../../activity.ts'
import { atSecond, readAudit } from './audit-record.ts'
import { hasAll } from './members.ts'
import { isoTime, timeText } from './powershell.ts'
import type { JsonShape, Shapes } from './shape.ts'
import { numericTime, startsRowBy } from './starts-row.ts'

/** One of the logs that Exchange keeps itself, as its cmdlet gives it. */
interface ExchangeLog {
  readonly name: string
  /** The cmdlet. */
  readonly cmdlet: string
  /** The property that has the time of a record. */
  readonly time: string
  /** The properties that tell it from others. */
  readonly columns: readonly string[]
  /** A record of the audit log, of one of its records. */
  readonly recordOf: (row: JsonObject) => JsonObject
  /** Whether something that belongs to it was not exported. */
  readonly isHollow?: (row: JsonObject) => boolean
}

/**
 * Its shapes: by Export-Csv, by ConvertTo-Json (times say their zone, or are milliseconds since the epoch), and by ConvertTo-Json without a
 * zone. A time without one is of the computer that exported: it is taken for UTC, and reports say so.
 */
export function exchangeLog(log: ExchangeLog): Shapes & { readonly localJson: JsonShape } {
  const { name, cmdlet, time, columns, recordOf, isHollow = () => false } = log
  const jsonOf = (shape: string, isZoned: boolean): JsonShape => ({
    name: shape,
    title: cmdlet,
    recognizes: (record) => hasAll(record, ...columns) && zoned.test(timeText(record[time]) ?? '') === isZoned,
    read: (record, truncated) => atSecond(readAudit(withUtc(recordOf(record)), truncated || isHollow(record))),
  })
  return {
    csv: {
      name: `${name}-csv`,
      title: cmdlet,
      columns,
      lacks: ['AuditData'],
      times: [time],
      startsRow: startsRowBy({ [time]: numericTime }),
      read: (cells) => readAudit(recordOf(cells as Record<string, string>), isHollow(cells as Record<string, string>)),
    },
    json: jsonOf(`${name}-json`, true),
    localJson: jsonOf(`${name}-local-json`, false),
  }
}

const zoned = /(?:Z|[+-]\d\d:?\d\d)$|\/Date\(/

/** Versions of PowerShell write times differently, and a record without an id is known by what it says. */
function withUtc(record: JsonObject): JsonObject {
  const CreationTime = isoTime(record['CreationTime'])
  return CreationTime === undefined ? record : { ...record, CreationTime }
}
