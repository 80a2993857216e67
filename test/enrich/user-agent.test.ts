import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { parseRules, readAgentRules } from '#src/enrich/agent-rules.ts'
import { parseAgent } from '#src/enrich/user-agent.ts'
import { createRandom } from '../../samples/random.ts'

const rules = readAgentRules()

describe('a user agent is taken apart', () => {
  test.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.86',
      {
        name: 'Edge',
        version: '131.0.2903.86',
        'os.name': 'Windows',
        'os.version': '10',
        'os.full': 'Windows 10',
        'device.name': 'Other',
      },
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1',
      {
        name: 'Mobile Safari',
        version: '17.1',
        'os.name': 'iOS',
        'os.version': '17.1.2',
        'os.full': 'iOS 17.1.2',
        'device.name': 'iPhone',
      },
    ],
    ['axios/1.7.2', { name: 'axios', version: '1.7.2', 'device.name': 'Other' }],
    ['python-requests/2.31.0', { name: 'Python Requests', version: '2.31', 'device.name': 'Other' }],
    ['Edge 120.0.0', { name: 'Edge', version: '120.0.0', 'device.name': 'Other' }],
    ['Rich Client v3.14.1592.7', { name: 'Rich Client', version: '3.14.1592.7', 'device.name': 'Other' }],
    ['BAV2ROPC', { name: 'Other', 'device.name': 'Other' }],
    ['', { name: 'Other', 'device.name': 'Other' }],
  ])('%s', (original, agent) => {
    expect(parseAgent(rules, original)).toEqual(agent)
  })
})

test('of a version counts what stands before the first part that is missing, and nothing that is blank', () => {
  const match = (text: string) => /^App(?: (\w+))?(?:\/(\d+))?(?:\.(\d+))?(?:-(\d+))?/.exec(text)
  const replacements = { family_replacement: 'App $1', device_replacement: ' $1 ' }
  const own = {
    user_agent_parsers: [{ match, replacements }],
    os_parsers: [],
    device_parsers: [{ match, replacements }],
  }

  expect(parseAgent(own, 'App/1-3')).toEqual({ name: 'App', version: '1', 'device.name': 'Other' })
  expect(parseAgent(own, 'App One/1.2')).toMatchObject({ name: 'App One', version: '1.2', 'device.name': 'One' })
})

test('the rules are read as YAML would read them', () => {
  const text = readFileSync(createRequire(import.meta.url).resolve('uap-core/regexes.yaml'), 'utf8')

  expect(Object.fromEntries(parseRules(text))).toEqual(parse(text))
})

test('no pattern is passed over that would match', () => {
  const text = readFileSync(createRequire(import.meta.url).resolve('uap-core/regexes.yaml'), 'utf8')
  const agents = [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0',
    'Outlook-iOS/2.0',
    'ExchangeServicesClient/15.00.0847.030',
  ]
  const random = createRandom(1)
  const words = text.match(/[A-Za-z][\w /.;-]{2,20}/g) ?? []
  for (let i = 0; i < 60; i += 1)
    agents.push(Array.from({ length: 6 }, () => random.pick(words)).join(random.pick([' ', '; ', '/1.2 (', ''])))

  for (const [name, entries] of parseRules(text)) {
    const list = rules[name as keyof typeof rules]
    for (const agent of agents) {
      const plain = entries.findIndex(({ regex = '', regex_flag: flag }) => new RegExp(regex, flag).test(agent))

      expect(list.findIndex((rule) => rule.match(agent) !== null)).toBe(plain)
    }
  }
})

test('rules of another form are refused', () => {
  expect(() => parseRules('os_parsers:\n  - { regex: a }\n')).toThrow('another form')
  expect(() => parseRules("  - regex: 'no list'\n")).toThrow('another form')
})

test('hostile user agents end in time, however long', () => {
  const pieces = [
    'Mozilla/5.0 (',
    ' ',
    '; ',
    '0',
    '1.',
    'a',
    '(',
    '/',
    'Build/',
    'Linux; Android 1; ',
    'iPhone',
    'HbbTV/',
    '%20',
    'CFNetwork/',
    'SAMSUNG-',
    '\n',
  ]
  for (const piece of pieces) {
    for (const end of ['', '!', ')\n']) {
      const start = process.cpuUsage()

      parseAgent(rules, `Mozilla/5.0 (Linux; ${piece.repeat(200_000)}${end}`)

      expect(process.cpuUsage(start).user).toBeLessThan(2_000_000)
    }
  }
})
