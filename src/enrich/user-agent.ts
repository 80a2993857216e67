import type { AgentRule, AgentRules } from './agent-rules.ts'

/** What a user agent says of itself, by the names that ECS has below `user_agent`. */
export interface Agent {
  readonly name: string
  readonly version?: string
  readonly 'os.name'?: string
  readonly 'os.version'?: string
  readonly 'os.full'?: string
  readonly 'device.name': string
}

export type AgentField = keyof Agent

// Of a hostile text some patterns try every place: at a thousand characters the slowest takes some 50 ms.
const longestRead = 1000

/**
 * Takes a user agent apart as Elasticsearch's `user_agent` processor does: what is not known is `Other`. Entra's name of a browser is taken for
 * what it is, too, so that it is the same client as the user agent that another log has.
 */
export function parseAgent(rules: AgentRules, original: string): Agent {
  const text = original.slice(0, longestRead)
  const agent = firstMatch(rules.user_agent_parsers, text, agentParts) ?? browserNamed(text)
  const os = firstMatch(rules.os_parsers, text, osParts)
  const device = firstMatch(rules.device_parsers, text, deviceParts)
  return {
    name: agent?.[0] ?? 'Other',
    ...versioned('version', agent),
    ...(os?.[0] !== undefined && { 'os.name': os[0], ...versioned('os.version', os), ...fullName(os) }),
    'device.name': device?.[0] ?? 'Other',
  }
}

/** What overrides each group of a match, first the name, then the parts of its version. */
const agentParts = ['family_replacement', 'v1_replacement', 'v2_replacement', 'v3_replacement', 'v4_replacement']
const osParts = ['os_replacement', ...[1, 2, 3, 4].map((n) => `os_v${n}_replacement`)]
const deviceParts = ['device_replacement']

type Parts = readonly (string | undefined)[]

function firstMatch(rules: readonly AgentRule[], text: string, names: readonly string[]): Parts | undefined {
  for (const rule of rules) {
    const match = rule.match(text)
    if (match === null) continue
    const { replacements } = rule
    return names.map((name, i) => {
      const replacement = replacements[name]
      const part = replacement === undefined ? match[i + 1] : filled(replacement, match)
      return part?.trim() || undefined
    })
  }
  return undefined
}

// `Edge 120.0.0`, `Mobile Safari 17.1`, `Rich Client v3.14.1592.7`: `deviceDetail.browser` of a sign-in.
const namedBrowser = /^([A-Za-z]+(?: [A-Za-z]+){0,4}) v?(\d+(?:\.\d+){0,3})$/

function browserNamed(text: string): Parts | undefined {
  const [, name, version] = namedBrowser.exec(text) ?? []
  return name === undefined ? undefined : [name, version]
}

function filled(replacement: string, match: RegExpExecArray): string {
  return replacement.replaceAll(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '')
}

function versioned<Key extends string>(key: Key, parts: Parts | undefined): { readonly [K in Key]?: string } {
  const version = versionOf(parts)
  return (version === '' ? {} : { [key]: version }) as { readonly [K in Key]?: string } // A computed key has no literal type.
}

function fullName(parts: Parts): { readonly 'os.full'?: string } {
  const version = versionOf(parts)
  return version === '' ? {} : { 'os.full': `${parts[0]} ${version}` }
}

/** Up to the first part that is missing. */
function versionOf(parts: Parts | undefined): string {
  const [, ...versions] = parts ?? []
  const end = versions.indexOf(undefined)
  return (end === -1 ? versions : versions.slice(0, end)).join('.')
}
