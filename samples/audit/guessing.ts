import { clients } from './clients.ts'
import { at, second } from './clock.ts'
import type { Code } from './logon-records.ts'
import { intruderAddresses } from './places.ts'
import { openSession } from './session.ts'
import type { Story } from './story.ts'
import { type Account, admin, alice, bystanders, owners } from './tenant.ts'

const rounds = [
  { start: '01-14T01:12:40', passes: 8 },
  { start: '01-17T02:31:05', passes: 9 },
  { start: '01-19T01:20:11', passes: 7 },
]

/** Accounts that do not exist: somebody guessed the addresses too. */
const missing = ['payroll@fabrikam.example', 'scanner@fabrikam.example']

/** Tells the guessing of passwords: a few for every account, from several addresses, so that few accounts are locked. */
export function tellGuessing(story: Story) {
  const { random } = story
  for (const { start, passes } of rounds) {
    let time = at(start)
    for (let pass = 0; pass < passes; pass++) {
      for (const account of [...owners, admin, ...bystanders]) {
        const ip = random.pick(intruderAddresses.guessing)
        const visit = { actor: 'intruder', account, ip, client: clients.guessing } as const
        openSession(story, visit, time).logOn(answerTo(account, pass))
        time += random.whole(8, 55) * second
      }
    }
  }
}

function answerTo(account: Account, pass: number): Code {
  if (missing.includes(account.upn)) return '50034'
  return pass > 4 && (account === alice || account === admin) ? '50053' : '50126'
}
