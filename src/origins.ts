import { threadId } from 'node:worker_threads'
import type { Usage } from './entry.ts'
import { recent } from './remember.ts'

/** From where, with what and in which session a mailbox was used: millions of records tell some thousands of them. */
export interface UsageOrigin extends Pick<Usage, 'ip' | 'userAgent' | 'isOwn'> {
  readonly session: string | undefined
  readonly mailbox: string
}

/** Numbers for origins, so that one that repeats need not be told again. One of long ago may get another. */
export interface Origins {
  /** Its number, which no other origin has in any thread, and whether that was not given before. */
  numbered(origin: UsageOrigin): { readonly number: number; readonly isFirst: boolean }
}

const remembered = 10_000
let last = threadId * 2 ** 32

/** Knows no origin yet. Whoever gets a number has to have got the origin with it before: these are for one import. */
export function newOrigins(): Origins {
  const numbers = recent<number>(remembered)
  return {
    numbered(origin) {
      const key = keyOf(origin)
      const known = numbers.get(key)
      if (known !== undefined) return { number: known, isFirst: false }
      last += 1
      numbers.set(key, last)
      return { number: last, isFirst: true }
    },
  }
}

/** With the length of each text, for any may hold what would separate it from the next. */
function keyOf({ session, mailbox, ip, userAgent, isOwn }: UsageOrigin): string {
  return `${session?.length} ${mailbox.length} ${ip.length} ${isOwn} ${session}${mailbox}${ip}${userAgent ?? ''}`
}
