/** How many there are of each kind, the kinds in the order of their names. */
export function countBy<T>(list: Iterable<T>, kindOf: (one: T) => string): Record<string, number> {
  return mapBy(list, kindOf, (group) => group.length)
}

/** What is told of each kind, the kinds in the order of their names. */
export function mapBy<T, U>(list: Iterable<T>, kindOf: (one: T) => string, tell: (group: T[]) => U): Record<string, U> {
  const groups = [...Map.groupBy(list, kindOf)].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(groups.map(([kind, group]) => [kind, tell(group)]))
}

/** A time as the truth tells it. */
export function iso(time: number): string {
  return new Date(time).toISOString()
}

/** Values each once, in order. */
export function unique(values: Iterable<string | undefined>): string[] {
  return [...new Set(values)].filter((value) => value !== undefined && value !== '').sort() as string[]
}
