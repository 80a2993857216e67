import { clients } from './clients.ts'
import { at, minute, second } from './clock.ts'
import { tellGuessing } from './guessing.ts'
import { read, readUntilThrottled } from './mail-acts.ts'
import { intruderAddresses } from './places.ts'
import { dropBox, type Raid, raids } from './raids.ts'
import { raiseAlert } from './service.ts'
import { openSession, type Session } from './session.ts'
import type { Story } from './story.ts'
import { alice, bob, intrudersApplication } from './tenant.ts'

/** Above this number of Bind records within 24 hours the service stops writing them for a mailbox. */
const bindLimit = 1000

const forwarded = { from: at('01-27T10:30:00'), to: at('02-09T07:26:00') }

/** Tells all that the intruder does, from the first guessed password to the last refused one. */
export function tellIntruder(story: Story) {
  tellGuessing(story)
  for (const raid of raids) tellRaid(story, raid)
  readEverything(story)
  raiseAlert(story, at('01-21T11:02:00'), {
    name: 'Suspicious inbox manipulation rule',
    severity: 'High',
    account: alice,
  })
  raiseAlert(story, at('01-27T12:10:00'), { name: 'Creation of forwarding rule', severity: 'Medium', account: bob })
  raiseAlert(story, at('02-06T06:45:00'), { name: 'Email sending limit exceeded', severity: 'Low', account: alice })
}

/** Lets what bob gets go on to the intruder, once everything that he gets is told. */
export function tellForwarded(story: Story) {
  const received = story.traces.filter(
    ({ to, status, time }) => to === bob.upn && status === 'Delivered' && time > forwarded.from && time < forwarded.to,
  )
  for (const { mail } of received) story.forward(mail, dropBox)
}

function tellRaid(story: Story, { when, account, ip, client = clients.firefox, steps }: Raid) {
  const visit = { actor: 'intruder', account, ip, client, session: story.random.guid() } as const
  const session = openSession(story, visit, at(when))
  for (const step of steps) {
    step(session)
    session.wait(10 * second, 2 * minute)
  }
}

// The application that bob's account let in reads the oldest mail first, from two addresses, without any session.
function readEverything(story: Story) {
  const client = { ...clients.phone, info: 'Client=REST;;', appId: intrudersApplication.id }
  const sessions = intruderAddresses.application.map((ip, index) =>
    openSession(story, { actor: 'intruder', account: bob, ip, client }, at('01-28T00:30:00') + index * 11 * second),
  )
  const mails = story.inbox(bob.upn, at('01-28T00:30:00'))
  let next = 0
  for (let record = 0; record <= bindLimit; record++) {
    const session = sessions[record % sessions.length] as Session
    const chunk = mails.slice(next, next + story.random.whole(1, 2))
    next += chunk.length
    if (record < bindLimit) read(session, chunk)
    else {
      readUntilThrottled(session, chunk)
      story.throttle(bob.upn, session.now())
    }
    session.wait(20 * second, 80 * second)
  }
}
