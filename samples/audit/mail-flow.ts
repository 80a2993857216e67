import { day, days, hour, minute, start } from './clock.ts'
import type { Story } from './story.ts'
import { alice, bob, carol, owners } from './tenant.ts'
import { anyTopic, awkwardSubjects, bulkSenders, bulkTopic, partners } from './words.ts'

/** How many mails stood in each inbox before the case begins, from how many days. */
const before = new Map([
  [alice, { mails: 160, days: 40 }],
  [bob, { mails: 1500, days: 300 }],
  [carol, { mails: 110, days: 40 }],
])

/** Lets the mail of the whole case arrive: what was there before, what partners write, and what nobody reads. */
export function tellMailFlow(story: Story) {
  const { random } = story
  for (const [{ upn }, old] of before) {
    for (let left = old.mails; left > 0; left--) {
      arrive(story, upn, start - random.whole(hour, old.days * day))
    }
  }
  for (let midnight = start; midnight < start + days * day; midnight += day) {
    const free = [0, 6].includes(new Date(midnight).getUTCDay())
    for (const { upn } of owners) {
      for (let left = free ? random.whole(1, 3) : random.whole(8, 13); left > 0; left--) {
        arrive(story, upn, midnight + (free ? random.whole(0, day - minute) : random.whole(5 * hour, 17 * hour)))
      }
    }
    sendSpam(story, midnight)
  }
  for (const [index, subject] of awkwardSubjects.entries()) {
    const [from, to] = [random.pick(partners), [random.pick(owners).upn]]
    story.deliver(start + (2 + index * 2.5) * day + 9 * hour, { from, to, subject })
  }
}

function arrive(story: Story, to: string, time: number) {
  const { random } = story
  const bulk = random.chance(0.25)
  const from = random.pick(bulk ? bulkSenders : partners)
  const others = owners.map(({ upn }) => upn).filter((upn) => upn !== to)
  const copied = !bulk && random.chance(0.12) ? [random.pick(others)] : []
  story.deliver(time, { ...(bulk ? bulkTopic(random) : anyTopic(random)), from, to: [to, ...copied] })
}

function sendSpam(story: Story, midnight: number) {
  const { random } = story
  const status = random.pick(['FilteredAsSpam', 'Quarantined', 'Failed'])
  const about = { subject: 'You have won a crane', from: `win@prize-${random.hex(4)}.example`, bulk: true }
  story.deliver(midnight + random.whole(0, day - minute), { ...about, to: [random.pick(owners).upn], status })
}
