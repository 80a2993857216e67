/** Name and domain, lower case, of what has exactly one `@`; SIDs and system names have none and are not split. */
export function splitUser(id: string | undefined): [string, string] | undefined {
  const [name, domain, ...more] = id?.toLowerCase().split('@') ?? []
  return name && domain && more.length === 0 ? [name, domain] : undefined
}
