import type { estypes } from '@elastic/elasticsearch'

type Query = estypes.QueryDslQueryContainer

/** The part of KQL that panels use, as Elasticsearch's own query; throws for anything else. */
export function kql(text: string): Query {
  const tokens = text.match(/"[^"]*"|[():]|[<>]=?|[^\s():<>"]+/g) ?? []
  if (tokens.length === 0) return { match_all: {} }
  const parser = { tokens: [...tokens], text }
  const query = either(parser)
  if (parser.tokens.length > 0) throw new Error(`KQL: '${parser.tokens[0]}' is left of ${text}`)
  return query
}

/** The fields that a text of KQL asks for. */
export function fieldsOfKql(text: string): string[] {
  return [...text.matchAll(/(?<field>[@\w.]+)\s*(?::|[<>]=?)/g)].map((match) => match.groups?.['field'] ?? '')
}

interface Parser {
  readonly tokens: string[]
  readonly text: string
}

function either(parser: Parser): Query {
  const should = [both(parser)]
  while (parser.tokens[0] === 'or') {
    parser.tokens.shift()
    should.push(both(parser))
  }
  return should.length === 1 ? (should[0] as Query) : { bool: { should, minimum_should_match: 1 } }
}

function both(parser: Parser): Query {
  const filter = [one(parser)]
  while (parser.tokens[0] === 'and') {
    parser.tokens.shift()
    filter.push(one(parser))
  }
  return filter.length === 1 ? (filter[0] as Query) : { bool: { filter } }
}

function one(parser: Parser): Query {
  const token = take(parser)
  if (token === 'not') return { bool: { must_not: [one(parser)] } }
  if (token === '(') {
    const inner = either(parser)
    expected(parser, ')')
    return inner
  }
  const sign = take(parser)
  if (sign === '>') return { range: { [token]: { gt: take(parser) } } }
  if (sign !== ':') throw new Error(`KQL: no ':' after ${token} in ${parser.text}`)
  const value = take(parser)
  if (value === '*') return { exists: { field: token } }
  if (value !== '(') return { match: { [token]: plain(value) } }
  const values = [plain(take(parser))]
  while (parser.tokens[0] === 'or') {
    parser.tokens.shift()
    values.push(plain(take(parser)))
  }
  expected(parser, ')')
  return { bool: { should: values.map((one) => ({ match: { [token]: one } })), minimum_should_match: 1 } }
}

function plain(value: string): string {
  if (value.includes('*')) throw new Error(`KQL: ${value} is a pattern`)
  return value.replaceAll('"', '')
}

function take(parser: Parser): string {
  const token = parser.tokens.shift()
  if (token === undefined) throw new Error(`KQL: ${parser.text} ends too early`)
  return token
}

function expected(parser: Parser, token: string): void {
  if (take(parser) !== token) throw new Error(`KQL: ${token} is missing in ${parser.text}`)
}
