import { ConfigError } from '../errors.ts'

/** A command that has said what went wrong, and ends with exit code 1. */
export class Failed extends Error {
  override name = 'Failed' as const
}

/** 2 for a wrong command line or configuration, 1 for everything else that stops. */
export function exitCodeOf(error: unknown): 1 | 2 {
  return error instanceof ConfigError || (error instanceof Error && error.name === 'CLIError') ? 2 : 1
}
