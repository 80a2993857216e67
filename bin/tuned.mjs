// What keeps a large import's memory low, and can only be said before a process begins: CONTRIBUTING.md says what each is worth.

const own = ['--max-semi-space-size=6', '--expose-gc']

/** What is to be said to Node before the name of a program. */
export const flags = [...new Set([...process.execArgv, ...own])]

export const env = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072', ...process.env }

/** Begins the process again, with what was to be said before it began; where that was said, or cannot be, it does nothing. */
export function tune() {
  const isTuned =
    own.every((flag) => process.execArgv.includes(flag)) && Object.keys(env).every((name) => name in process.env)
  if (isTuned || process.platform === 'win32' || process.execve === undefined) return
  process.execve(process.execPath, [process.execPath, ...flags, ...process.argv.slice(1)], env)
}
