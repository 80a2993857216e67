import { readFileSync } from 'node:fs'

// Linux counts in hundredths of a second, whatever the kernel was built with (proc_pid_stat(5), sysconf(_SC_CLK_TCK)).
const ticksPerSecond = 100

/** Most memory that a process and what it started held at one time, in KB: of processes that ran at the same time the sum, so rather too much. */
export function peakKbOf(pid: number): number {
  const own = Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean)
  return children.reduce((sum, child) => sum + peakKbOf(Number(child)), own)
}

/** Processor time of all processes that this one has started and that have ended, in seconds. */
export function cpuSecondsOfEnded(): number {
  const fields = read('/proc/self/stat').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // It has ended.
  }
}
