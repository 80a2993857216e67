/**
 * `work` of each item, in order, with up to `limit` of them under way: the only thing that runs ahead. With `sizeOf`, the limit is to
 * what they add up to.
 */
export async function* mapInOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
  sizeOf: (item: Item) => number = () => 1,
): AsyncGenerator<Result> {
  const underWay: { readonly result: Promise<Result>; readonly size: number }[] = []
  let total = 0
  const next = () => {
    const { result, size } = underWay.shift() as (typeof underWay)[number]
    total -= size
    return result
  }
  for await (const item of items) {
    const size = sizeOf(item) // Before the work, which may hand the item over.
    const result = work(item)
    result.catch(() => {}) // It is awaited below, in its turn; until then its failure is not unhandled.
    underWay.push({ result, size })
    total += size
    while (total >= limit) yield await next()
  }
  while (underWay.length > 0) yield await next()
}

/** The items in lists of at most `size`, which is asked anew for each: what is handed to one worker at a time. */
export function* inLists<Item>(items: Iterable<Item>, size: () => number): Generator<Item[]> {
  let list: Item[] = []
  for (const item of items) {
    list.push(item)
    if (list.length < size()) continue
    yield list
    list = []
  }
  if (list.length > 0) yield list
}

/** What it comes to, unless the signal says stop before: then nobody waits for it, and it goes on. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
}
