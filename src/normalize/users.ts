import type { UserName } from '../entry.ts'
import { guid, isGuid, isNobodys } from '../guid.ts'
import { lastOf } from '../remember.ts'
import type { FieldTable, Reader } from './table.ts'

// Before the address SharePoint may have what kind of claim it is, and that it is of a guest who has shown a code: `urn:spo:guest#bob@fabrikam.example`.
const claim = /^(?:i:0[#h]\.\w\|membership\|)?(?:urn(?::|%3a)spo(?::|%3a)guest#)?/

/** Name and domain, lower case, of what has exactly one `@`; SIDs and system names have none and are not split. */
export function splitUser(id: string | undefined): [string, string] | undefined {
  const [name, domain, ...more] = id?.toLowerCase().replace(claim, '').split('@') ?? []
  return name && domain && more.length === 0 ? [name, domain] : undefined
}

type Parts = readonly [name: string, domain: string]

/** What `read` gives, split so: what is the same as the last one once for both. */
export function partsOf(read: Reader<string>): Reader<Parts> {
  const split = lastOf(splitUser)
  return (record, activity) => split(read(record, activity))
}

/** The fields of who did something, by the parts of the name. */
export function userFields(read: Reader<Parts>) {
  const { email, name, domain } = readersOf(read)
  return { 'user.email': email, 'user.name': name, 'user.domain': domain } satisfies FieldTable
}

/** The fields of to whom or to whose it was done. */
export function targetFields(read: Reader<Parts>) {
  const { email, name, domain } = readersOf(read)
  return { 'user.target.email': email, 'user.target.name': name, 'user.target.domain': domain } satisfies FieldTable
}

function readersOf(read: Reader<Parts>): Readonly<Record<'email' | 'name' | 'domain', Reader<string>>> {
  return {
    email: (record, activity) => read(record, activity)?.join('@'),
    name: (record, activity) => read(record, activity)?.[0],
    domain: (record, activity) => read(record, activity)?.[1],
  }
}

/**
 * What a record calls users, of the ids and the names that it tells; nobody of whom either is none. Whoever is tried and does not exist has the
 * id of zeros, whatever name was tried.
 */
export function usersNamed(...pairs: (readonly [id: string | undefined, name: string | undefined])[]): UserName[] {
  return pairs.flatMap(([id, name]) => {
    if (id === undefined || name === undefined || !isGuid(id) || isNobodys(id)) return []
    const parts = splitUser(name.trim())
    return parts === undefined ? [] : [{ id: guid(id), name: parts.join('@') }]
  })
}
