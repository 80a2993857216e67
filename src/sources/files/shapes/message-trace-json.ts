import { traceOf } from './message-trace.ts'
import { plain, traceNames } from './message-trace-names.ts'
import type { JsonShape } from './shape.ts'

/** The same as JSON: Get-MessageTrace piped to ConvertTo-Json, Graph's `exchangeMessageTrace`, a report that was converted. */
export const messageTraceJson: JsonShape = {
  form: 'json',
  name: 'message-trace-json',
  title: 'Message traces as JSON',
  recognizes(record) {
    const names = new Set(Object.keys(record).map((name) => traceNames.get(plain(name))))
    const hasRecipient = names.has('RecipientAddress') || names.has('RecipientStatus')
    return hasRecipient && names.has('SenderAddress') && names.has('Received')
  },
  read: traceOf,
}
