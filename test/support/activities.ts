import type { Entry } from '#src/entry.ts'
import { normalizer } from '#src/normalize/index.ts'
import type { Random } from '../../samples/random.ts'
import { formatRow } from '../../samples/retriever-csv.ts'
import { format, type Written } from './case.ts'
import { digested } from './files.ts'

const hour = 60 * 60 * 1000
const start = Date.UTC(2018, 5, 20)

interface Given {
  readonly app?: string
  readonly item?: string
  readonly session?: string | undefined
  readonly properties?: Record<string, string>
  readonly fullness?: number
}

/** An entry as the import of a CSV row makes it, but for the id: copies that differ in what they say have the same. */
function activity(hours: number, type: string, given: Given): Written {
  const { app = 'Web', item = '', session = '', properties = {}, fullness = 0 } = given
  const time = start + Math.round(hours * hour)
  const bytes = Buffer.from(formatRow({ time, app, type, item, created: time, session, properties }))
  const { activities } = digested({
    format,
    mailbox: 'alice@contoso.example',
    firstRow: 2,
    bytes,
    ends: [bytes.length],
  })
  const [read] = activities
  if (read === undefined) throw new Error('the row is none')
  return { ...read, ...normalizer.keys(read), id: `${type} ${hours} ${item} ${session}`, fullness }
}

/** Somebody displays a mail. */
export function read(hours: number, item: string, session?: string, more: Given = {}): Entry {
  return activity(hours, 'ReadingPaneDisplayStart', { item, session, ...more })
}

/** A web client tells of its logon. */
export function logon(hours: number, session?: string, more: Given = {}): Entry {
  const properties = { UserName: 'alice@contoso.example', IPAddress: `192.0.2.${Math.round(hours * 10) % 250}` }
  return activity(hours, 'Logon', { session, properties, ...more })
}

/** A mail arrives: the record that tells of it all. */
export function delivery(hours: number, item: string, { fullness = 0, subject = 'Invoice' } = {}): Entry {
  const properties = {
    Subject: subject,
    SenderSmtpAddress: 'bob@fabrikam.example',
    InternetMessageId: `<${item}@x.example>`,
  }
  return activity(hours, 'MessageDelivered', { app: 'Exchange', item, properties, fullness })
}

/** What happens in a few days, in any order; of some things there are copies that say more or less. */
export function randomEntries(random: Random): Entry[] {
  const entries = Array.from({ length: 200 }, (): Entry => {
    const hours = random.whole(0, 700) / 10
    const item = `item-${random.whole(1, 12)}`
    const session = random.pick([undefined, 's1', 's2', 's3', 's4'])
    const app = random.pick(['Web', 'Web', 'IMAP4', 'Exchange'])
    const fullness = random.whole(-1, 1)
    const kind = random.fraction()
    if (kind < 0.15) return logon(hours, session, { app, fullness })
    if (kind < 0.3) return delivery(hours, item, { fullness, subject: `Invoice ${random.whole(1, 3)}` })
    return read(hours, item, session, { app, fullness })
  })
  const copies = entries.filter(() => random.chance(0.2)).map((one) => changed(random, one))
  return [...entries, ...copies].sort(() => random.fraction() - 0.5)
}

function changed(random: Random, one: Entry): Entry {
  const fullness = one.fullness + 1
  const hours = (one.time - start) / hour
  const session = one.session === undefined ? undefined : random.pick([one.session, 's5'])
  if (one.operation === 'Logon') return { ...logon(hours + 3, session), time: one.time, id: one.id, fullness }
  const item = one.messages[0]?.item
  if (item === undefined) return { ...one, fullness }
  return { ...delivery(hours, item, { subject: 'Fuller' }), id: one.id, fullness }
}
