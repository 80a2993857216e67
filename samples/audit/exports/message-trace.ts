import { americanTime } from '../clock.ts'
import type { Trace } from '../story.ts'
import { tenant } from '../tenant.ts'
import { type EvidenceFile, quoted, within } from './file.ts'

const columns = [
  'Organization',
  'MessageId',
  'Received',
  'SenderAddress',
  'RecipientAddress',
  'Subject',
  'Status',
  'ToIP',
  'FromIP',
  'Size',
  'MessageTraceId',
  'StartDate',
  'EndDate',
  'Index',
]

/** Get-MessageTraceV2 | Export-Csv -Encoding Unicode, asked once a window: the queries of a period overlap. */
export function messageTrace(path: string, traces: Trace[], windows: { from: number; to: number }[]): EvidenceFile {
  const found = windows.flatMap(({ from, to }) =>
    within(traces, from, to).map((trace, index) => ({ trace, from, to, index })),
  )
  const rows = found.map(({ trace, from, to, index }) =>
    [
      tenant.domain,
      trace.mail.messageId,
      americanTime(trace.time),
      trace.mail.from,
      trace.to,
      trace.mail.subject,
      trace.status,
      '',
      trace.mail.from.endsWith(tenant.domain) ? '' : '198.51.100.225',
      String(trace.mail.size),
      trace.mail.traceId,
      americanTime(from),
      americanTime(to),
      String(index),
    ]
      .map(quoted)
      .join(','),
  )
  const text = `\uFEFF${[columns.map(quoted).join(','), ...rows].join('\r\n')}\r\n`
  return {
    path,
    shape: 'message-trace',
    content: Buffer.from(text, 'utf16le'),
    ids: found.map(({ trace }) => traceId(trace)),
  }
}

/** What a row of the trace is known by: the mail and its recipient. */
export function traceId({ mail, to }: Trace): string {
  return `${mail.traceId} ${to}`
}
