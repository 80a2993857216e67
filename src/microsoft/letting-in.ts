/**
 * How the names of what takes from an application what it was given begin, in small letters: Entra's, and Exchange's cmdlets. All else of the
 * category gives it something, or changes what it has.
 */
const beginnings = ['remove', 'revoke', 'delete', 'hard delete', 'disable'] as const

/** Whether an operation takes something back from an application, if only itself, rather than lets it in. */
export function withdraws(operation: string): boolean {
  const name = operation.trim().toLowerCase()
  return beginnings.some((beginning) => name.startsWith(beginning))
}

/** The same of a column, in SQL. */
export function withdrawsSql(column: string): string {
  return `(${beginnings.map((beginning) => `${column} like '${beginning}%'`).join(' or ')})`
}
