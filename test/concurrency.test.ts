import { expect, test } from '@jest/globals'
import { inLists, mapInOrder } from '#src/concurrency.ts'

test('work runs ahead as far as it may, by number or by size, and results keep the order', async () => {
  const sizes = [1, 1, 1, 4, 1, 9, 1]

  expect(await mostUnderWay(sizes, 3)).toEqual([3, 3, 3, 3, 3, 2, 1])
  expect(await mostUnderWay(sizes, 6, (size) => size)).toEqual([4, 3, 3, 3, 2, 1, 1])
})

test('whoever takes no more leaves no failure behind that nobody hears of', async () => {
  const works = mapInOrder([1, 2, 3], 3, async (item) => {
    if (item === 2) throw new Error('the second')
    return item
  })

  expect((await works.next()).value).toBe(1)
  await works.return(undefined)
})

test('items come in lists whose size is asked anew', () => {
  const wanted = [2, 2, 3, 3, 3, 9, 9]

  expect([...inLists([1, 2, 3, 4, 5, 6, 7], () => wanted.shift() ?? 9)]).toEqual([
    [1, 2],
    [3, 4, 5],
    [6, 7],
  ])
})

/** For each result how many works had begun and not been taken when it came. */
async function mostUnderWay(items: readonly number[], limit: number, sizeOf?: (item: number) => number) {
  let begun = 0
  let taken = 0
  const told: number[] = []
  const order: number[] = []
  const work = async (item: number) => {
    begun += 1
    await new Promise((resolve) => setTimeout(resolve, item === 1 ? 5 : 1))
    return item
  }
  for await (const item of mapInOrder(items, limit, work, sizeOf)) {
    told.push(begun - taken)
    order.push(item)
    taken += 1
  }
  expect(order).toEqual(items)
  return told
}
