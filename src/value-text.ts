import type { Json } from './activity.ts'

/** A value as one text: lists joined with `; `, objects as JSON; nothing for what says nothing. */
export function valueText(value: Json | readonly string[] | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) return typeof value === 'object' ? JSON.stringify(value) : String(value)
  const texts = value.map((one) => valueText(one)).filter((text) => text !== undefined)
  return texts.length === 0 ? undefined : texts.join('; ')
}
