import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { requiredText } from './required-text.ts'

/** One rule of uap-core: what a user agent must look like, and what is said of it, with `$1` for what a group matched. */
export interface AgentRule {
  match(userAgent: string): RegExpExecArray | null
  /** `family_replacement`, `os_v1_replacement` … as the file names them. */
  readonly replacements: Readonly<Record<string, string>>
}

/** uap-core's rules in their order; the first that matches counts. */
export interface AgentRules {
  readonly user_agent_parsers: readonly AgentRule[]
  readonly os_parsers: readonly AgentRule[]
  readonly device_parsers: readonly AgentRule[]
}

/** Reads the rules that come with uap-core. */
export function readAgentRules(): AgentRules {
  const path = createRequire(import.meta.url).resolve('uap-core/regexes.yaml')
  const lists = parseRules(readFileSync(path, 'utf8'))
  const rulesOf = (name: string) => (lists.get(name) ?? []).map(toRule)
  return {
    user_agent_parsers: rulesOf('user_agent_parsers'),
    os_parsers: rulesOf('os_parsers'),
    device_parsers: rulesOf('device_parsers'),
  }
}

type Entry = Record<string, string>

/**
 * The lists of entries in uap-core's file. All of it is `key: 'text'` in lists, so it is read line by line: as YAML it takes half a second
 * and 30 MB in each worker. Throws for any other line.
 */
export function parseRules(yaml: string): Map<string, Entry[]> {
  const lists = new Map<string, Entry[]>()
  let list: Entry[] | undefined
  for (const line of yaml.split(/\r?\n/)) {
    if (/^\s*(?:#.*)?$/.test(line)) continue
    const name = /^(\w+):\s*$/.exec(line)?.[1]
    if (name === undefined) {
      addPair(list, line)
    } else {
      list = []
      lists.set(name, list)
    }
  }
  return lists
}

const pair = /^ +(- +)?(\w+): *(?:'((?:[^']|'')*)'|("(?:[^"\\]|\\.)*"))\s*(?:#.*)?$/

function addPair(list: Entry[] | undefined, line: string): void {
  const [, dash, key, single, double] = pair.exec(line) ?? []
  if (dash !== undefined) list?.push({})
  const entry = list?.at(-1)
  if (key === undefined || entry === undefined)
    throw new TypeError(`uap-core's rules have a line of another form: ${line}`)
  entry[key] = single?.replaceAll("''", "'") ?? String(JSON.parse(double ?? '""'))
}

/** Patterns are made when first needed: all of them take 8 MB in each worker, and most agents are one of a few. */
function toRule({ regex = '', regex_flag: flag = '', ...replacements }: Entry): AgentRule {
  const required = flag === '' ? requiredText(regex) : ''
  let pattern: RegExp | undefined
  return {
    replacements,
    match(userAgent) {
      if (!userAgent.includes(required)) return null
      pattern ??= new RegExp(regex, flag)
      return pattern.exec(userAgent)
    },
  }
}
