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
    return { path, text: `${named(path)} is no option: did you mean ${nearest(key, names)}?` }
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

/** The name with the most letter pairs in common. */
export function nearest(key: string, names: readonly string[]): string {
  const likeness = (name: string) => {
    const [ours, theirs] = [pairsIn(name), pairsIn(key)]
    return ours.intersection(theirs).size / ours.union(theirs).size
  }
  return [...names].sort((a, b) => likeness(b) - likeness(a))[0] ?? 'another'
}

function pairsIn(word: string): Set<string> {
  const lower = word.toLowerCase()
  return new Set(Array.from(lower, (letter, i) => letter + (lower[i + 1] ?? '')))
}
