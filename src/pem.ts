import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { codeOf } from './errors.ts'

/** PEM text, or the path of a file that holds it. */
export const Pem = z.string().transform((value, context) => {
  if (value.includes('-----BEGIN ')) return value
  try {
    return readFileSync(value, 'utf8')
  } catch (error) {
    context.addIssue({ code: 'custom', message: `neither PEM nor a file that can be read (${codeOf(error)})` })
    return z.NEVER
  }
})
