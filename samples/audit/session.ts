import { second } from './clock.ts'
import type { Fact } from './fact.ts'
import { type Attempt, type Code, interrupts, logonRecord } from './logon-records.ts'
import type { AuditRecord } from './record.ts'
import type { Story } from './story.ts'
import type { Visit } from './visit.ts'

/** Somebody using an account for a while: what they do happens at their own clock, which each act moves on. */
export type Session = ReturnType<typeof openSession>

/** What a moment of a session offers to those who make records. */
export type Here = { random: Story['random']; time: number; visit: Visit }

/** Opens a session; nothing is told before its first act. */
export function openSession(story: Story, visit: Visit, startedAt: number) {
  const { random } = story
  let time = startedAt - (startedAt % second)

  function wait(fromMs: number, toMs: number) {
    time += random.whole(fromMs / second, toMs / second) * second
  }

  /** Tells one act; `fact` says what it is, the session says whose it is. */
  function act(make: (here: Here) => AuditRecord, fact: Omit<Fact, 'actor' | 'user' | 'ip' | 'session'>) {
    const { actor, account, ip, session } = visit
    const by = { actor, user: account.upn, ip, ...(session !== undefined && { session }) }
    story.tell(make({ random, time, visit }), { ...by, ...fact })
    wait(3 * second, 25 * second)
  }

  /** Tries to log on; who sits at a screen is in the sign-in logs too. */
  function logOn(code: Code = '0', interactive = true) {
    const attempt: Attempt = { id: random.guid(), correlation: random.guid(), code, lies: random.chance(2 / 3) }
    const failed = !interrupts.includes(code) && code !== '0'
    const outcome = failed ? 'failure' : code === '0' ? 'success' : 'unknown'
    const logon = { outcome, reason: code } as const
    if (interactive) story.signIn(random, time, { visit, attempt })
    act((here) => logonRecord(random, here.time, { visit, attempt }), {
      category: 'logon',
      mailbox: visit.account.upn,
      logon,
    })
  }

  return { story, visit, random, now: () => time, wait, act, logOn }
}
