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
  return error instanceof Error ? error.message : String(error)
}

/** The system's code of a failed call, such as `ENOENT`; undefined for other errors. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
