import { isObject, type Json } from '../../../activity.ts'

const sessionColumns = /^(PSComputerName|RunspaceId|PSShowComputerName)$/i

/** Whether remote PowerShell added it to the object: then it is of the operator's session, not of the record. */
export function isOfSession(name: string): boolean {
  return sessionColumns.test(name)
}

/** The text of a time; ConvertTo-Json of old makes `{"value":"\/Date(…)\/","DateTime":"…"}` of some. */
export function timeText(value: Json | undefined): string | undefined {
  const text = isObject(value) ? value['value'] : value
  return typeof text === 'string' && text.trim() !== '' ? text : undefined
}

/**
 * Whether a cell has only the type of what PowerShell could not write: `System.Object[]`, ``System.Collections.Generic.Dictionary`2[…]``; or what Power
 * Query shows of what nobody expanded.
 */
export function isTypeName(cell: string): boolean {
  return /^(?:(?:System|Microsoft)\.[\w.`[\],]+|\[(?:List|Record|Table)\])$/.test(cell)
}
