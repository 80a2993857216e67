import { parseArgs } from 'node:util'
import type { ArgsDef } from 'citty'
import { nearest } from '../config/option-names.ts'
import { ConfigError } from '../errors.ts'

/**
 * Throws `ConfigError` for an option that there is not, for one that has no value, and for a word that is of no option: citty passes over
 * all of these, and the command would then work on another case than was meant.
 */
export function checkCommandLine(args: ArgsDef, words: readonly string[]): void {
  const known = Object.entries(args).filter(([, { type }]) => type !== 'positional')
  const options = known.flatMap(([name, { type }]) =>
    [name, camel(name)].map((spelt) => [spelt, { type: type === 'boolean' ? type : 'string' }] as const),
  )
  const told = {
    args: [...words],
    options: Object.fromEntries(options),
    allowPositionals: true,
    strict: false,
  } as const
  const { tokens } = parseArgs({ ...told, tokens: true })

  const given = tokens.filter((token) => token.kind === 'option')
  const unknown = given.filter(({ name }) => !isKnown(name))
  if (unknown.length > 0) {
    const names = known.map(([spelt, { type, default: usual }]) =>
      type === 'boolean' && usual === true ? `no-${spelt}` : spelt,
    )
    const told = unknown.map(({ name, rawName }) => {
      const meant = nearest(name, names)
      return meant === undefined ? rawName : `${rawName} (did you mean --${meant}?)`
    })
    throw new ConfigError(`no such option: ${told.join(', ')}: --help lists them`)
  }
  for (const { name, value, inlineValue } of given) {
    const [spelt, definition] = known.find(([one]) => one === name || camel(one) === name) ?? []
    if (definition === undefined || definition.type === 'boolean' || isValue(value, inlineValue)) continue
    const { valueHint = 'VALUE' } = definition
    throw new ConfigError(`--${spelt} is without its ${valueHint}: give it as --${spelt} ${valueHint}`)
  }
  const stray = tokens.find(({ kind }) => kind === 'positional')
  if (stray?.kind !== 'positional' || Object.values(args).some(({ type }) => type === 'positional')) return
  const places = ['case', 'hostile', 'trusted'].filter((name) => name in args).map((name) => `--${name} ${stray.value}`)
  throw new ConfigError(`"${stray.value}" is of no option: say ${places.join(' or ')}`)

  function isKnown(name: string): boolean {
    return options.some(([spelt, { type }]) => spelt === name || (type === 'boolean' && `no-${spelt}` === name))
  }
}

/** What looks like an option is one whose forerunner got no value; a value that begins so is given as `--name=-value`. */
function isValue(value: string | undefined, isInline: boolean | undefined): boolean {
  return value !== undefined && /[^\s,]/.test(value) && (isInline === true || !value.startsWith('-'))
}

function camel(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
