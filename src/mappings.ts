import { readFileSync } from 'node:fs'
import type { Field, Fields } from './document.ts'

/** The component templates of `mappings/` that have fields; their types are named in `Field`. */
const components = [
  'hoofprint-ecs',
  'hoofprint-o365-activity',
  'hoofprint-o365-audit',
  'hoofprint-azure-signinlogs',
  'hoofprint-azure-graphactivitylogs',
  'hoofprint-o365-messagetrace',
  'hoofprint-o365-state',
]

/** Every field by name, in the order of their paths: what belongs to one object stands together. */
export const fields: readonly Field[] = components.flatMap(fieldsOf).sort(byPath)

/**
 * A document without any value yet, with room for these fields. The documents of a dataset are copies of one such: alike in V8's
 * eyes, they are made, read and written fast.
 */
export function blankDocument(wanted: ReadonlySet<Field>): Fields {
  return Object.fromEntries(fields.filter((field) => wanted.has(field)).map((field) => [field, undefined])) as Fields
}

/** A field as a component template maps it, with what it holds where it is an object. */
export interface Mapping {
  readonly type?: string
  readonly dynamic?: boolean
  readonly properties?: Mappings
  /** The same value, indexed another way. */
  readonly fields?: Mappings
}

export type Mappings = Readonly<Record<string, Mapping>>

/** The mappings of a component template, by the first part of their names. */
export function mappingsOf(component: string): Mappings {
  const text = readFileSync(new URL(`../mappings/components/${component}.json`, import.meta.url), 'utf8')
  return JSON.parse(text).template.mappings.properties
}

function fieldsOf(component: string): Field[] {
  return leaves(mappingsOf(component), '') as Field[]
}

function leaves(mappings: Mappings, path: string): string[] {
  return Object.entries(mappings).flatMap(([name, { dynamic, properties }]) =>
    properties === undefined || dynamic !== undefined ? [path + name] : leaves(properties, `${path}${name}.`),
  )
}

function byPath(a: string, b: string): number {
  const [left, right] = [a.replaceAll('.', '\0'), b.replaceAll('.', '\0')]
  return left < right ? -1 : left > right ? 1 : 0
}
