import { type Mail, makeMail } from '../samples/mail.ts'
import type { Random } from '../samples/random.ts'
import {
  activity,
  clientLogon,
  type Moment,
  mailReference,
  messageDelivered,
  searchResult,
  serverLogon,
} from '../samples/records.ts'
import type { Row } from '../samples/retriever-csv.ts'
import { bulkSenders, bulkTopics, mailbox, people, topics } from '../samples/words.ts'

/** What can be read and who can read it: both lists have a limit, so memory stays bounded. */
type Scene = { random: Random; mails: Mail[]; clients: Client[]; time: number }
type Client = { app: string; session: string; ip: string; userAgent: string }
type Event = { weight: number; tell(scene: Scene): Iterable<Row> }

const start = Date.parse('2018-01-01T00:00:00Z')
const userAgents = ['Mozilla/5.0 (Windows NT 10.0) Chrome/65.0', 'Mozilla/5.0 (X11) Firefox/59.0', 'Outlook-iOS/2.71.0']

// A weight is the event's share of all rows divided by the rows that one such event has.
const events: Event[] = [
  { weight: 25, tell: delivery },
  { weight: 10, tell: serverSide },
  { weight: 5, tell: clientSide },
  { weight: 15, tell: reading },
  { weight: 2, tell: search },
  { weight: 10, tell: marking },
  ...['Move', 'Delete', 'MessageSent', 'Reply', 'Forward', 'OpenedAnAttachment'].map((type) => ({
    weight: 10 / 6,
    tell: (scene: Scene) => onMail(scene, type),
  })),
]
const weights = events.reduce((sum, event) => sum + event.weight, 0)

/** Makes that many distinct rows of one mailbox in ascending time, in memory that does not grow with their number. */
export function* manyRows(random: Random, rowCount: number): Generator<Row> {
  const clients = Array.from({ length: 8 }, () => newClient(random))
  const scene: Scene = { random, mails: [], clients, time: start }
  let left = rowCount
  // A mail has to arrive before anything can be done with it.
  for (let tell: Event['tell'] = delivery; left > 0; tell = pickEvent(random)) {
    for (const row of tell(scene)) {
      if (left-- > 0) yield row
    }
  }
}

function pickEvent(random: Random): Event['tell'] {
  let rest = random.fraction() * weights
  for (const event of events) {
    rest -= event.weight
    if (rest < 0) return event.tell
  }
  return delivery
}

function* delivery(scene: Scene): Generator<Row> {
  const { random, mails } = scene
  const bulk = random.chance(0.3)
  const from = random.pick(bulk ? bulkSenders : people)
  const topic = random.pick(bulk ? bulkTopics : topics)
  const mail = makeMail(random, next(scene), { from, topic, to: [mailbox] })
  keep(random, mails, { one: mail, most: 4096 })
  yield messageDelivered(mail, { isReply: mail.reply ? 'True' : 'False', DeliveredToClutter: 'False' })
}

function* serverSide(scene: Scene): Generator<Row> {
  const { random } = scene
  const { ip, userAgent } = random.pick(scene.clients)
  const outcome = random.chance(0.06) ? 'failure' : 'success'
  yield serverLogon(next(scene), 'Exchange', { user: mailbox, ip, userAgent, outcome })
}

function* clientSide(scene: Scene): Generator<Row> {
  const { random, clients } = scene
  const client = newClient(random)
  keep(random, clients, { one: client, most: 64 })
  const at = { app: 'Web', session: client.session, time: next(scene) }
  yield clientLogon(at, { ...client, timezone: 'UTC' })
}

function* reading(scene: Scene): Generator<Row> {
  const { item, folder } = scene.random.pick(scene.mails)
  const client = scene.random.pick(scene.clients)
  const properties = { SourceFolder: folder }
  yield activity(moment(scene, client), 'ReadingPaneDisplayStart', { item, properties })
  yield activity(moment(scene, client), 'ReadingPaneDisplayEnd', { item, properties })
}

function* search(scene: Scene): Generator<Row> {
  const { random } = scene
  const client = random.pick(scene.clients)
  const query = `${random.pick(['invoice', "O'Neil", 'wire', 'rope "A"'])} ${random.whole(1000, 9999)}`
  for (const length of [2, 4, 6, query.length]) {
    const properties = { SuggestionStimulus: query.slice(0, length) }
    yield activity(moment(scene, client), 'SearchSuggestionsDisplay', { properties })
  }
  yield activity(moment(scene, client), 'SearchResult', { properties: searchResult(query, random) })
}

function* marking(scene: Scene): Generator<Row> {
  const mail = scene.random.pick(scene.mails)
  const at = { ...moment(scene, scene.random.pick(scene.clients)), app: scene.random.pick(['Mobile', 'Outlook']) }
  yield activity(at, 'MarkAsRead', { item: mail.item, properties: mailReference(mail, 'SourceFolder') })
}

function* onMail(scene: Scene, type: string): Generator<Row> {
  const { item, folder } = scene.random.pick(scene.mails)
  const properties = type === 'OpenedAnAttachment' ? { AttachmentAction: 'Download' } : { SourceFolder: folder }
  yield activity(moment(scene, scene.random.pick(scene.clients)), type, { item, properties })
}

function newClient(random: Random): Client {
  const ip = `${random.pick(['198.51.100', '203.0.113', '192.0.2'])}.${random.whole(1, 254)}`
  return { app: 'Web', session: random.guid(), ip, userAgent: random.pick(userAgents) }
}

function moment(scene: Scene, client: Client): Moment {
  return { app: client.app, session: client.session, time: next(scene) }
}

function next(scene: Scene): number {
  scene.time += scene.random.whole(1, 12_000)
  return scene.time
}

// When the list is full, the new one takes the place of any other.
function keep<T>(random: Random, list: T[], newcomer: { one: T; most: number }) {
  if (list.length < newcomer.most) list.push(newcomer.one)
  else list[random.whole(0, newcomer.most - 1)] = newcomer.one
}
