import type { Field, Fields } from '../document.ts'

const related = [
  ['related.ip', ['source.ip', 'server.ip']],
  ['related.hosts', ['user.domain', 'user.target.domain', 'server.domain', 'url.domain']],
  ['related.hash', ['file.hash.md5', 'file.hash.sha1', 'file.hash.sha256']],
] as const

const users = [
  ...(['user.id', 'user.email', 'user.name', 'hoofprint.mailbox'] as const),
  ...(['user.target.id', 'user.target.email', 'user.target.name', 'file.owner'] as const),
]

/** ECS `related.*`: every address, user, domain and hash of the document, once, and those that its table adds. */
export function relate(document: Fields): void {
  for (const [field, sources] of related) document[field] = distinct(document, sources, document[field])
  document['related.user'] = distinct(document, users, document['related.user']) ?? []
}

function distinct(
  document: Fields,
  sources: readonly Field[],
  more: readonly string[] | undefined,
): readonly string[] | undefined {
  let found: string[] | undefined
  for (const source of sources) {
    const value = document[source] as string | undefined
    if (value === undefined) continue
    if (found === undefined) found = [value]
    else if (!found.includes(value)) found.push(value)
  }
  return more === undefined ? found : [...new Set([...(found ?? []), ...more])]
}
