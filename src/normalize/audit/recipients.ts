import { isObject, type Json } from '../../activity.ts'

const maxRecipients = 1000 // As many as Microsoft's own recipientList holds.

/**
 * The addresses in a list of recipients, each once: texts joined by `;`, lists of them, objects with an address. Addresses come in
 * lower case out of `smtp:a@b`, `"Name" [SMTP:a@b]` and `Name <a@b>`; what has none is kept as it stands.
 */
export function recipientsIn(...values: (Json | undefined)[]): readonly string[] | undefined {
  if (values.every((value) => value === undefined)) return undefined
  const found = new Set<string>()
  for (const value of values.flatMap(textsOf)) {
    for (const part of splitOutsideQuotes(value)) {
      const recipient = addressIn(part)
      if (recipient !== '' && found.size < maxRecipients) found.add(recipient)
    }
  }
  return found.size === 0 ? undefined : [...found]
}

function textsOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap((item) => (Array.isArray(item) ? [] : textsOf(item)))
  if (!isObject(value)) return []
  const address = value['Address'] ?? value['EmailAddress'] ?? value['SmtpAddress']
  return typeof address === 'string' ? [address] : []
}

/** A display name in quotes may hold a `;` of its own. */
function splitOutsideQuotes(value: string): string[] {
  const parts: string[] = []
  let [start, quoted] = [0, false]
  for (let i = 0; i <= value.length; i += 1) {
    if (value[i] === '"' && value.indexOf('"', i + 1) !== -1) quoted = !quoted
    else if (value[i] === '"') quoted = false
    if (i < value.length && (quoted || value[i] !== ';')) continue
    parts.push(value.slice(start, i))
    start = i + 1
  }
  return parts
}

const bracketed = /[[<]\s*(?:smtp:)?([^\s[\]<>]+@[^\s[\]<>]+)\s*[\]>]\s*$/i
const plain = /^(?:smtp:)?([^\s"[\]<>]+@[^\s"[\]<>]+)$/i

function addressIn(part: string): string {
  const text = part.trim()
  if (text.length > 2000) return text
  const address = (plain.exec(text) ?? bracketed.exec(text))?.[1]
  return address?.toLowerCase() ?? text
}
