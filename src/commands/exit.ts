import { diskFaultOf } from '../disk-faults.ts'
import { ConfigError, messageOf } from '../errors.ts'

/** A command that has said what went wrong, and ends with exit code 1. */
export class Failed extends Error {
  override name = 'Failed' as const
}

/** 2 for a wrong command line or configuration, 1 for everything else that stops. */
export function exitCodeOf(error: unknown): 1 | 2 {
  return error instanceof ConfigError || (error instanceof Error && error.name === 'CLIError') ? 2 : 1
}

/** What went wrong, and what can be done where that is the disk's fault: neither SQLite nor the system says it. */
export function saidOf(error: unknown): string {
  const fault = diskFaultOf(error)
  if (fault === undefined) return messageOf(error)
  const then = fault.goesOn ? ': the same command goes on from where it was' : ''
  return `${messageOf(error)}: ${fault.advice}${then}`
}
