import type { Value } from './figure.ts'

type Flat = Readonly<Record<string, number | string>>

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Every number and time in something, by its path, and of every list how long it is; without what is left out. */
export function numbersIn(value: unknown, without: Readonly<Record<string, string>> = {}, path = ''): Flat {
  if (path in without) return {}
  if (typeof value === 'number' || (typeof value === 'string' && time.test(value))) return { [path]: value }
  if (Array.isArray(value)) return { [path]: value.length }
  if (typeof value !== 'object' || value === null) return {}
  const parts = Object.entries(value).map(([name, part]) =>
    numbersIn(part, without, path === '' ? name : `${path}.${name}`),
  )
  return Object.assign({}, ...parts)
}

/** As a text says a number; nothing where there is none. */
export function written(values: Readonly<Record<string, Value | undefined>>): Readonly<Record<string, string>> {
  const known = Object.entries(values).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(known.map(([name, value]) => [name, String(value).replaceAll(/(?<=\d),(?=\d{3})/g, '')]))
}

/** How the lines of a section say numbers. */
export interface Said {
  /** What a line says, by the facts that it is made of. */
  read(text: string): Readonly<Record<string, string | undefined>>
  /** The numbers that it must say, of facts; lines leave out what is less than these. */
  readonly least: Least | ((facts: Flat) => Least)
}

type Least = Readonly<Record<string, number>>

/** Lines that a pattern reads, whose groups are called as the facts. */
export function lines(pattern: RegExp, least: Said['least']): Said {
  return { read: (text) => pattern.exec(text)?.groups ?? {}, least }
}

/** The numbers that a line must say. */
export function sayable(facts: Flat, said: Said): Readonly<Record<string, string>> {
  const least = typeof said.least === 'function' ? said.least(facts) : said.least
  const told = Object.entries(facts).filter(
    ([name, value]) => Number(value) >= (least[name] ?? least[name.split('.')[0] ?? ''] ?? Number.POSITIVE_INFINITY),
  )
  return written(Object.fromEntries(told))
}
