import { isObject, type Json } from '../../../activity.ts'

/** What remote PowerShell adds to each object: of the operator's session, not of the record. */
export const sessionColumns: ReadonlySet<string> = new Set(['PSComputerName', 'RunspaceId', 'PSShowComputerName'])

/** The text of a time; ConvertTo-Json of old makes `{"value":"\/Date(…)\/","DateTime":"…"}` of some. */
export function timeText(value: Json | undefined): string | undefined {
  const text = isObject(value) ? value['value'] : value
  return typeof text === 'string' && text.trim() !== '' ? text : undefined
}
