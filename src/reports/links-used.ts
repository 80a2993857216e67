import { queryLists, valuesOf } from './listed-values.ts'
import type { Scratch } from './scratch.ts'
import { countOf, few, minute, number } from './words.ts'

/** Something to which a link was made, and how often a link to it was used after that, by whomever. */
export interface LinkUsed {
  readonly object: string
  readonly times: number
  /** How often by the marked intruder himself, and whether by a link that anybody may have. */
  readonly own: number
  readonly anonymous: number
  readonly ips: readonly string[]
  readonly first: string
  readonly last: string
}

const mostTold = 8
const namedAddresses = 5

/** What links were made to by those whom `where` says, and that a link was used to since: the last used first. Which link it was not all records say. */
export function linksUsed(scratch: Pick<Scratch, 'query'>, where: string): LinkUsed[] {
  return queryLists<LinkUsed>(
    scratch,
    ['ips'],
    `with made as (select object, min(at) as since from fact where category = 'share' and operation like '%LinkCreated'
      and object is not null and outcome is not 'failure' and ${where} group by object)
    select object, count(*) as times, sum(marked is 'intruder') as own, max(operation like 'Anonymous%') as anonymous, ${valuesOf('ip')} as ips, min(at) as first, max(at) as last
    from fact join made using (object) where category = 'share' and operation like '%LinkUsed' and outcome is not 'failure' and at >= since
    group by object order by last desc, object`,
  )
}

/** The same in a line each, of many the first ones. */
export function linksUsedTexts(all: readonly LinkUsed[]): string[] {
  const rest = all.length - mostTold
  const told = all.slice(0, mostTold).map(({ object, times, own, anonymous, ips, first, last }) => {
    const from = few(ips, namedAddresses) || 'no address'
    const his = own === 0 ? '' : `, ${number(own)} of these by the marked intruder`
    const anybody = anonymous === 0 ? '' : '; whoever has an anonymous link needs no account'
    return `After a link to ${object} was made, one to it was used ${countOf(times, 'time')}${his}, from ${from}, ${minute(first)} to ${minute(last)}${anybody}`
  })
  return rest > 0 ? [...told, `and links to ${number(rest)} more were used`] : told
}
