import { failed, json, type Reply, type World } from './world.ts'

/** What a service fails at. */
export interface Troubles {
  /** No page is given that holds one of these. */
  readonly spoiled: Set<string>
  /** Of more items than this no list is given in time. */
  most: number
}

export function noTroubles(): Troubles {
  return { spoiled: new Set(), most: Number.POSITIVE_INFINITY }
}

/** Lists of Graph's, page by page: the link to the next one holds until the double ends. */
export function pagedLists<Item extends { readonly id: string }>(
  world: World,
  pageSize: () => number,
  troubles: Troubles = noTroubles(),
) {
  const tokens = new Map<string, readonly Item[]>()

  function pageOf(list: readonly Item[], at: number, url: URL, name = `t${tokens.size}`): Reply {
    const next = at + pageSize()
    if (list.length > troubles.most) return failed(504, 'UnknownError', '')
    if (list.slice(at, next).some(({ id }) => troubles.spoiled.has(id))) return failed(500, 'UnknownError', '')
    if (next < list.length) tokens.set(name, list)
    const link = `${world.root()}${url.pathname}?$top=${url.searchParams.get('$top')}&$skiptoken=${name}_${next}`
    return json({
      '@odata.context': 'x',
      ...(next < list.length && { '@odata.nextLink': link }),
      value: list.slice(at, next),
    })
  }

  /** The page that a request is for: of what `find` gives, or the next one of a list that was begun. */
  return (url: URL, find: () => readonly Item[]): Reply => {
    const skipToken = url.searchParams.get('$skiptoken')
    if (skipToken === null) return pageOf(find(), 0, url)
    const [name = '', at] = skipToken.split('_')
    const list = tokens.get(name)
    return list === undefined
      ? failed(400, 'Directory_ExpiredPageToken', 'The page token has expired.')
      : pageOf(list, Number(at), url, name)
  }
}

/** Seven decimals compare as text, once the border has as many. */
export function isIn(time: string, from: string, to: string): boolean {
  const long = (text: string) => text.replace(/(\.\d+)?Z$/, (_, fraction: string = '.') => `${fraction.padEnd(8, '0')}`)
  return long(time) >= long(from) && long(time) <= long(to)
}
