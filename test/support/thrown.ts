import { expect } from '@jest/globals'

/** An error of this kind that says this. */
export function thrown(kind: abstract new (...given: never[]) => Error, said: RegExp | string) {
  const message = typeof said === 'string' ? expect.stringContaining(said) : expect.stringMatching(said)
  return expect.objectContaining({ constructor: kind, message })
}

/** The error that ends the work, or what it gives. */
export function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
