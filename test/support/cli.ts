import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** The project's folder. */
export const root = join(import.meta.dirname, '../..')

export interface CliResult {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs `hoofprint` as a user does, as a process of its own; `as` is a user id to run it under. */
export function hoofprint(
  args: readonly string[],
  options: { env?: Record<string, string>; as?: number } = {},
): CliResult {
  const { ELASTICSEARCH_URL: _, npm_lifecycle_event: __, ...env } = process.env // Not begun by npm, whatever began the tests.
  const result = spawnSync(process.execPath, [join(root, 'src/cli.ts'), ...args], {
    encoding: 'utf8',
    env: { ...env, ...options.env },
    maxBuffer: 1 << 28,
    timeout: 120_000, // What hangs is killed, and has no code.
    killSignal: 'SIGKILL',
    ...(options.as !== undefined && { uid: options.as, gid: options.as }),
  })
  return { code: result.status, out: result.stdout, err: result.stderr }
}
