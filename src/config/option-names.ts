import type { z } from 'zod'

/** What is wrong with an option, and where it stands. */
export interface Complaint {
  readonly path: readonly PropertyKey[]
  readonly text: string
}

/** Says an issue for people: the option's path, what is wrong, and the nearest right name for what is none. */
export function explain(issue: z.core.$ZodIssue, schema: z.ZodType): Complaint[] {
  if (issue.code !== 'unrecognized_keys') {
    const what = issue.code === 'invalid_union' ? choicesOf(issue, schema) : issue.message
    return [{ path: issue.path, text: `${named(issue.path)}: ${what}` }]
  }
  const names = namesAt(schema, issue.path)
  return issue.keys.map((key) => {
    const path = [...issue.path, key]
    const meant = nearest(key, names)
    return {
      path,
      text: `${named(path)} is no option: ${meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}?`}`,
    }
  })
}

/** `tenants[0].credentials.type` */
function named(path: readonly PropertyKey[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join('')
}

function choicesOf(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  const choices = schemasAt(schema, issue.path).flatMap((found) => valuesOf(found))
  return choices.length === 0 ? issue.message : `must be one of ${choices.join(', ')}`
}

function valuesOf(schema: Schema): string[] {
  return schema.def.type === 'literal' ? (schema.def.values ?? []).map(String) : []
}

/** Only what is needed of how zod keeps a schema. */
interface Schema {
  readonly def: {
    readonly type: string
    readonly shape?: Readonly<Record<string, Schema>>
    readonly innerType?: Schema
    readonly element?: Schema
    readonly in?: Schema
    readonly options?: readonly Schema[]
    readonly values?: readonly unknown[]
  }
}

function namesAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  return [...new Set(schemasAt(schema, path).flatMap(({ def }) => Object.keys(def.shape ?? {})))]
}

/** What a path leads to: several where the way there is a choice. */
function schemasAt(schema: z.ZodType, path: readonly PropertyKey[]): Schema[] {
  let found = bare(schema as unknown as Schema) // See `Schema`.
  for (const key of path) {
    found = found.flatMap(({ def }) => {
      const next = typeof key === 'number' ? def.element : def.shape?.[String(key)]
      return next === undefined ? [] : bare(next)
    })
  }
  return found
}

/** Without the wrappers that say what is optional and what is usual. */
function bare(schema: Schema): Schema[] {
  const { innerType, in: input, options } = schema.def
  if (options !== undefined) return options.flatMap(bare)
  const inner = innerType ?? input
  return inner === undefined ? [schema] : bare(inner)
}

/** How much two names have to have in common for one to be taken for a slip of the other. */
const alike = 0.2

/** The name that has the most letter pairs in common; undefined where none has enough to be what was meant. */
export function nearest(key: string, names: readonly string[]): string | undefined {
  const theirs = pairsIn(key)
  const likeness = (name: string) => {
    const ours = pairsIn(name)
    return ours.intersection(theirs).size / ours.union(theirs).size
  }
  const [best] = [...names].sort((a, b) => likeness(b) - likeness(a))
  return best !== undefined && likeness(best) >= alike ? best : undefined
}

/** Letters that stand next to each other, or with one between: a slip changes few of these, two letters that changed places least of all. */
function pairsIn(word: string): Set<string> {
  const letters = [...word.toLowerCase(), '']
  return new Set(letters.flatMap((letter, i) => letters.slice(i + 1, i + 3).map((next) => letter + next)))
}
