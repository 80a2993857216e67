import type { UserName } from '../entry.ts'
import { guid, isGuid, isNobodys } from '../guid.ts'

// Before the address SharePoint may have what kind of claim it is, and that it is of a guest who has shown a code: `urn:spo:guest#bob@fabrikam.example`.
const claim = /^(?:i:0[#h]\.\w\|membership\|)?(?:urn(?::|%3a)spo(?::|%3a)guest#)?/

/** Name and domain, lower case, of what has exactly one `@`; SIDs and system names have none and are not split. */
export function splitUser(id: string | undefined): [string, string] | undefined {
  const [name, domain, ...more] = id?.toLowerCase().replace(claim, '').split('@') ?? []
  return name && domain && more.length === 0 ? [name, domain] : undefined
}

/**
 * What a record calls a user, of the id and the name that it tells; nothing where either is none. Whoever is tried and does not exist has the
 * id of zeros, whatever name was tried.
 */
export function userNamed(id: string | undefined, name: string | undefined): UserName | undefined {
  if (id === undefined || name === undefined || !isGuid(id) || isNobodys(id)) return undefined
  const parts = splitUser(name.trim())
  return parts === undefined ? undefined : { id: guid(id), name: parts.join('@') }
}
