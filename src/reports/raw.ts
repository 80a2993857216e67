import { isObject, type Json, type JsonObject } from '../activity.ts'
import type { EcsDocument } from '../document.ts'
import { valueText } from '../value-text.ts'
import type { ReportAuditName, ReportField } from './report-fields.ts'

/** Any field as one text; nothing for what says nothing. */
export function text(document: EcsDocument, field: ReportField): string | undefined {
  return valueText(raw(document, field))
}

/** What an audit record says under `name`, in Microsoft's own words, as one text. */
export function auditText(document: EcsDocument, name: ReportAuditName): string | undefined {
  return valueText(auditValue(document, name))
}

/** What an audit record has under `name` as a map, be it a map or a list of `{Name, Value}`; empty when it is neither. */
export function auditMap(document: EcsDocument, name: ReportAuditName): JsonObject {
  const value = unfolded(auditValue(document, name))
  if (isObject(value)) return value
  const pairs = auditList(document, name).filter((pair) => typeof pair['Name'] === 'string')
  return Object.fromEntries(pairs.map((pair) => [String(pair['Name']), pair['Value'] ?? null]))
}

/** The objects that an audit record has under `name`: of a list all, of one object that. */
export function auditList(document: EcsDocument, name: ReportAuditName): readonly JsonObject[] {
  const value = unfolded(auditValue(document, name))
  return (Array.isArray(value) ? value : [value]).map(unfolded).filter(isObject)
}

/** What an audit record says under `name`, as it stands there. What no mapping names stands under `Other`. */
export function auditValue(document: EcsDocument, name: ReportAuditName): Json | undefined {
  const record = raw(document, 'o365.audit')
  if (!isObject(record)) return undefined
  const { [name]: value, Other: others } = record
  return value ?? (isObject(others) ? others[name] : undefined)
}

function raw(document: EcsDocument, field: ReportField): Json | undefined {
  return (document as Readonly<Record<string, unknown>>)[field] as Json | undefined
}

/** What is mapped as text stands in a document as its JSON text. */
function unfolded(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value // A text that only looks like JSON is that text.
  }
}
