import { tellIntruder } from './intruder.ts'
import { tellOwner } from './owner.ts'
import { createRandom } from './random.ts'
import { activity } from './records.ts'
import type { Row } from './retriever-csv.ts'
import { createStory, day, hour, minute, type Story } from './story.ts'
import { awkwardSubjects, bulkSenders, bulkTopics, mailbox, people, topics } from './words.ts'

const start = Date.parse('2018-03-01T00:00:00Z')
const days = 90
const end = start + days * day

/** Tells the whole case in exactly that many rows, in the order of their times, with what really happened. */
export function tellCase(seed: number, rowCount: number) {
  const story = createStory(createRandom(seed))
  fillInbox(story)
  tellIntruder(story)
  tellOwner(story, start, end)
  tellService(story)
  fillWithBulk(story, rowCount - story.rows.length)
  const rows = story.rows.toSorted((a, b) => a.time - b.time)
  return { rows, truth: story.truth.summary(first(rows).time, first(rows.toReversed()).time) }
}

function fillInbox(story: Story) {
  const { random } = story
  for (let midnight = start; midnight < end; midnight += day) {
    const free = [0, 6].includes(new Date(midnight).getUTCDay())
    for (let left = free ? random.whole(3, 8) : random.whole(24, 34); left > 0; left--) {
      const time = midnight + (free ? random.whole(0, day - 1) : random.whole(5 * hour, 17 * hour))
      const to = random.chance(0.3) ? [mailbox, random.pick(people).address] : [mailbox]
      story.mails.push(story.deliver(time, { from: random.pick(people), topic: random.pick(topics), to }))
    }
  }
  for (const [index, subject] of awkwardSubjects.entries()) {
    const time = start + (1 + index * 4) * day + 8 * hour + random.whole(0, hour)
    const topic = { subject: () => subject, money: false, attachment: index % 2 === 0 }
    story.mails.push(story.deliver(time, { from: random.pick(people), topic }))
  }
  story.mails.sort((a, b) => a.receivedAt - b.receivedAt)
}

// What the service does by itself, without anybody having logged on.
function tellService(story: Story) {
  for (let time = start + 4 * hour + 13_217; time < end; time += 9 * day) {
    const properties = { DigestType: 'Weekly', NotificationType: 'Digest', CreationFolder: 'Inbox' }
    story.record(activity({ app: 'Exchange', session: '', time }, 'ClutterNotificationSent', { properties }))
    story.record(activity({ app: 'Other', session: '', time: time + 31 * minute }, 'Error'))
  }
}

// Mail that nobody opens makes the count exact.
function fillWithBulk(story: Story, missing: number) {
  if (missing < 0) throw new Error(`the story alone has ${-missing} rows more than asked for`)
  for (let left = missing; left > 0; left--) {
    const [from, topic] = [story.random.pick(bulkSenders), story.random.pick(bulkTopics)]
    const folder = story.random.pick(['Newsletters', 'Newsletters', 'Clutter', 'Junk Email'])
    story.deliver(story.random.whole(start, end - 1), { from, topic, folder })
  }
}

function first(rows: Row[]): Row {
  const row = rows[0]
  if (row === undefined) throw new Error('a case without rows has no first time')
  return row
}
