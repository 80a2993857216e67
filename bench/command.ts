import { type ParseArgsConfig, parseArgs } from 'node:util'

type Options = Readonly<Record<string, NonNullable<ParseArgsConfig['options']>[string] & { readonly help: string }>>
type Values<Own extends Options> = ReturnType<typeof parseArgs<{ options: Own }>>['values']

/** One thing that the bench measures: what it says of itself, and what it does with the words behind its name. */
export interface Command {
  readonly does: string
  readonly options: Options
  run(words: readonly string[]): Promise<void>
}

/** A command whose options are parsed by what it declares; what it does not declare is refused. */
export function command<const Own extends Options>(own: {
  readonly does: string
  readonly options: Own
  run(values: Values<Own>): Promise<void>
}): Command {
  const { does, options } = own
  return { does, options, run: async (words) => own.run(parseArgs({ args: [...words], options }).values) }
}

/** `10000,100000`: whole numbers above 0. */
export function numbersOf(name: string, text: string): number[] {
  const words = text.split(',')
  const wrong = words.find((word) => !/^[1-9]\d{0,11}$/.test(word))
  if (wrong !== undefined) throw new Error(`--${name} takes whole numbers above 0, and "${wrong}" is none`)
  return words.map(Number)
}

/** A whole number above 0. */
export function numberOf(name: string, text: string): number {
  const [first, ...others] = numbersOf(name, text)
  if (first === undefined || others.length > 0) throw new Error(`--${name} takes one number, not "${text}"`)
  return first
}

/** How often each program is run. */
export const runs = { type: 'string', default: '3', help: 'how often each is run; the table has medians' } as const

/** Which file is imported. */
export const shape = {
  type: 'string',
  default: 'retriever',
  help: 'retriever (Outlook activities) or purview (audit records of 1 to 4 KB)',
} as const
