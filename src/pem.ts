import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { codeOf } from './errors.ts'
import { fileText } from './file-text.ts'

/** PEM text, or the path of a file that holds it. */
export const Pem = z.string().transform((value, context) => {
  if (value.includes('-----BEGIN ')) return value
  try {
    return fileText(readFileSync(value))
  } catch (error) {
    context.addIssue({ code: 'custom', message: `neither PEM nor a file that can be read (${codeOf(error)})` })
    return z.NEVER
  }
})
