import type { Json, JsonObject } from '../../activity.ts'
import { ContentError } from './content.ts'
import { beginningOf, readXml, type XmlReader } from './xml.ts'

/** Whether a text is an audit log that Exchange sent as XML, by its first bytes, in whatever UTF. One without events is nothing to read. */
export function isSentAuditLog(head: Buffer): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?<SearchResults\b[^>]*>\s*<Event\s/.test(beginningOf(head))
}

// Attributes that the objects of Search-MailboxAuditLog and Search-AdminAuditLog call otherwise.
const names: ReadonlyMap<string, string> = new Map([
  ['Owner', 'MailboxResolvedOwnerName'],
  ['LogonUserDN', 'LogonUserDisplayName'], // Of Exchange 2010.
  ['Cmdlet', 'CmdletName'],
])

/** An event that has more elements would not be held in memory: the mails of a large deletion are some thousands. */
const maxElements = 1_000_000

/**
 * The events of an audit log that New-MailboxAuditLogSearch, New-AdminAuditLogSearch or the Exchange admin center had sent as SearchResult.xml
 * (learn.microsoft.com/exchange/administrator-audit-log-structure-exchange-2013-help), each as JSON on a line of its own, as the cmdlets that search
 * the same logs name what it says. Throws `ContentError` behind all that can be read.
 */
export async function* sentAuditLogLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let text = ''
  let depth = 0
  let elements = 0
  let members: [string, Json][] = []
  let list: JsonObject[] = []
  const reader: XmlReader = {
    open(name, attributes) {
      depth += 1
      elements += 1
      if (elements > maxElements) throw new ContentError('an event in it is too large')
      if (depth === 2) members = Object.entries(attributes).map(([key, value]) => [names.get(key) ?? key, value])
      if (depth === 3) {
        list = []
        members.push([name, list])
      }
      if (depth === 4) list.push({ ...attributes })
    },
    close() {
      depth -= 1
      if (depth !== 1) return
      text += `${JSON.stringify(Object.fromEntries(members))}\n`
      elements = 0
    },
  }
  yield* readXml(bytes, reader, () => {
    const told = Buffer.from(text)
    text = ''
    return told
  })
}
