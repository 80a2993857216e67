import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A program to measure: what stands for what in its command is replaced beforehand. */
export interface Program {
  readonly name: string
  readonly command: readonly string[]
}

export interface Run {
  readonly program: string
  readonly rows: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMb: number
}

/** Runs a program to its end, watching its memory and processor time (Linux). */
export async function measure({ name, command }: Program, rows: number): Promise<Run> {
  const [first = '', ...rest] = command
  const start = performance.now()
  const child = spawn(first, rest, { stdio: ['ignore', 'ignore', 'inherit'] })
  let [peakMb, cpuSeconds] = [0, 0]
  const watch = setInterval(() => {
    const seen = look(child.pid ?? 0)
    peakMb = Math.max(peakMb, seen.peakMb)
    cpuSeconds = Math.max(cpuSeconds, seen.cpuSeconds)
  }, 20)
  const code = await new Promise((resolve) => child.once('exit', resolve))
  clearInterval(watch)
  if (code !== 0) throw new Error(`${name} ended with ${code}`)
  const seconds = Math.round((performance.now() - start) / 10) / 100
  return { program: name, rows, seconds, cpuSeconds, peakMb }
}

/** Prints the median of each program's runs. */
export function tabulate(programs: readonly Pick<Program, 'name'>[], runs: readonly Run[]): void {
  console.table(
    programs.map(({ name }) => {
      const own = runs.filter(({ program }) => program === name)
      const median = (key: 'seconds' | 'cpuSeconds' | 'peakMb') =>
        own.map((result) => result[key]).sort((a, b) => a - b)[own.length >> 1] ?? 0
      const [rows, seconds] = [own[0]?.rows ?? 0, median('seconds')]
      return {
        program: name,
        rows,
        seconds,
        'rows/s': Math.round(rows / seconds),
        cpuSeconds: median('cpuSeconds'),
        peakMb: median('peakMb'),
      }
    }),
  )
}

function look(pid: number): { peakMb: number; cpuSeconds: number } {
  try {
    const peakKb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    const ticksPerSecond = 100
    return { peakMb: Math.round(peakKb / 1024), cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond }
  } catch {
    return { peakMb: 0, cpuSeconds: 0 } // Ended between two looks.
  }
}
