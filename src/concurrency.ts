/** `work` of each item, in order, with up to `limit` of them under way: the only thing that runs ahead. */
export async function* mapInOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = []
  for await (const item of items) {
    const result = work(item)
    result.catch(() => {}) // It is awaited below, in its turn; until then its failure is not unhandled.
    underWay.push(result)
    if (underWay.length >= limit) yield await (underWay.shift() as Promise<Result>)
  }
  for (const result of underWay) yield await result
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
