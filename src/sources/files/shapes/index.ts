import { retrieverCsv } from './retriever-csv.ts'
import type { Shape } from './shape.ts'

/** Every shape there is. A new one is one file beside these and one line here. */
export const shapes: readonly Shape[] = [retrieverCsv]

/** The shape called `name`. */
export function shapeNamed(name: string): Shape {
  const shape = shapes.find((candidate) => candidate.name === name)
  if (shape === undefined) throw new TypeError(`no shape is called ${name}`)
  return shape
}
