/** All the orders that these may come in. */
export function ordersOf<One>(list: readonly One[]): One[][] {
  if (list.length < 2) return [[...list]]
  return list.flatMap((one, i) => ordersOf(list.toSpliced(i, 1)).map((rest) => [one, ...rest]))
}
