import { test } from '@jest/globals'

/** Stands for tests that cannot be run here, and says so and why: a skipped test, or with `CI` set one that fails. */
export function missed(what: string, why: string): void {
  const title = `NOT TESTED: ${what}. Reason: ${why}`
  if (process.env['CI'] === undefined) {
    console.warn(title)
    test.skip(title, () => {})
  } else {
    test(title, () => {
      throw new Error(title)
    })
  }
}
