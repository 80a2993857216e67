/** What the caller must do is the class; what went wrong is the message and `cause`. */

/** The command line or the configuration is wrong: print it and exit 2. Never retried. */
export class ConfigError extends Error {
  override name = 'ConfigError' as const
}

/** Trying again later may work. */
export class RetryableError extends Error {
  override name = 'RetryableError' as const
}

/** This stream cannot continue until somebody acts: stop it, leave the others running. */
export class FatalError extends Error {
  override name = 'FatalError' as const
}

/** The message of whatever was thrown, for people. */
export function messageOf(error: unknown): string {
  return textOf(error, 'message') ?? String(error)
}

/** The system's code of a failed call, such as `ENOENT`; undefined for other errors. */
export function codeOf(error: unknown): string | undefined {
  return textOf(error, 'code')
}

/** SQLite's primary result code (sqlite.org/rescode.html); undefined for other errors. */
export function sqliteCodeOf(error: unknown): number | undefined {
  if (codeOf(error) !== 'ERR_SQLITE_ERROR') return undefined
  return Number(Reflect.get(error as object, 'errcode')) & 0xff // The rest says where it happened.
}

/** By what it has, not by its class: an error of another realm, as jest runs tests in one, is no `Error` of ours. */
function textOf(error: unknown, key: 'message' | 'code'): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'string' ? value : undefined
}
