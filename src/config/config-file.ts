import { readFileSync } from 'node:fs'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, type Scalar, visit } from 'yaml'
import { ConfigError } from '../errors.ts'
import { fileText } from '../file-text.ts'
import { reasonOf } from '../sources/files/content.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What a configuration file says, and on which line. */
export interface Written {
  readonly options: Readonly<Record<string, unknown>>
  /** The line of an option, or of the nearest that is there; undefined for what is not from the file. */
  lineOf(path: readonly PropertyKey[]): number | undefined
}

/** The value of a variable; undefined where there is none. Throws `ConfigError`. */
export type VariableOf = (name: string) => string | undefined

/** Reads the YAML of a file, and fills in each `${VARIABLE}`. Throws `ConfigError`, which quotes nothing of the file. */
export function parseConfigFile(file: string, text: string, variable: VariableOf): Written {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineAt = (offset: number) => lines.linePos(offset).line
  const [error] = document.errors
  if (error !== undefined) throw new ConfigError(`${file}, line ${lineAt(error.pos[0])}: no YAML: ${error.message}`)
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string') return
      node.value = filled(node.value, variable, () => `${file}, line ${lineAt(node.range?.[0] ?? 0)}`)
    },
  })
  const options: unknown = document.toJS()
  if (options !== null && (typeof options !== 'object' || Array.isArray(options))) {
    throw new ConfigError(`${file}: it holds no options`)
  }
  return {
    options: (options ?? {}) as Record<string, unknown>,
    lineOf: (path) => {
      const offset = offsetOf(document, path)
      return offset === undefined ? undefined : lineAt(offset)
    },
  }
}

/** The value of a variable, or of the file that `<NAME>_FILE` names; without the line end that `echo` leaves in a secret. */
export function variableOf(environment: Environment, name: string): string | undefined {
  const file = environment[`${name}_FILE`]
  if (file === undefined) return environment[name]?.replace(/[\r\n]+$/, '')
  const value = readText(file, `, which ${name}_FILE names`).trim()
  if (value === '') throw new ConfigError(`${file}, which ${name}_FILE names, is empty`)
  return value
}

function filled(text: string, variable: VariableOf, place: () => string): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = variable(name)
    if (value !== undefined) return value
    throw new ConfigError(
      `${place()}: it uses \${${name}}, which is not in the environment: set ${name}, or ${name}_FILE to a file that holds it`,
    )
  })
}

/** The text of a file of the configuration. Throws `ConfigError`. */
export function readText(file: string, why = ''): string {
  try {
    return fileText(readFileSync(file))
  } catch (cause) {
    throw new ConfigError(`cannot read ${file}${why}: ${reasonOf(cause)}`, { cause })
  }
}

/** Of the key where there is one, for a value may stand below it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true)
    const key = path[length - 1]
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined
    if (pair !== undefined) return (pair.key as Scalar).range?.[0]
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return undefined
}
