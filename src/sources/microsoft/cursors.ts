import { z } from 'zod'
import { FatalError } from '../../errors.ts'

/** A time in a cursor. */
export const Time = z.iso.datetime()

/** A stored cursor is input: what is none stops the stream. Undefined where nothing was stored yet. */
export function parseCursor<T>(source: string, schema: z.ZodType<T>, saved: unknown): T | undefined {
  if (saved === undefined) return undefined
  const result = schema.safeParse(saved)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new FatalError(`the stored cursor of ${source} is none: ${issue?.path.join('.')}: ${issue?.message}`)
}
