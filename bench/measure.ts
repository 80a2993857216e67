import { spawn } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { cpuSecondsOfEnded, peakKbOf } from './processes.ts'

/** A program to measure. */
export interface Program {
  readonly name: string
  readonly command: readonly string[]
  /** Variables of the environment that differ from ours; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** How many rows it works on, where it works on rows. */
  readonly rows?: number
  /** What has to be done before each run, unmeasured. */
  prepare?(): void | Promise<void>
  /** What else is to be said of the run that has just ended. */
  facts?(seconds: number): Facts | Promise<Facts>
}

type Facts = Readonly<Record<string, number>>

/** One run of a program: its times, its memory, and its facts. */
export interface Run {
  readonly program: string
  readonly rows?: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMb: number
  readonly facts: Facts
}

/** Runs each program that often, in turn, prints each run, then a table of medians. Begins with the machine and what is `given`. */
export async function compare(programs: readonly Program[], times: number, given: object): Promise<Run[]> {
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30) }
  console.log(JSON.stringify({ ...machine, node: process.version, ...given }))
  const runs: Run[] = []
  for (let i = 0; i < times; i += 1) {
    for (const program of programs) {
      const run = await measure(program)
      runs.push(run)
      const { facts, ...measured } = run
      console.log(JSON.stringify({ ...measured, ...facts }))
    }
  }
  tabulate(runs)
  return runs
}

/** Runs a program to its end, watching its memory and processor time (Linux). */
export async function measure(program: Program): Promise<Run> {
  const { name, command, env, rows } = program
  await program.prepare?.()
  const [first = '', ...rest] = command
  const cpuBefore = cpuSecondsOfEnded()
  const start = performance.now()
  const child = spawn(first, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } })
  let peakKb = 0
  const watch = setInterval(() => {
    peakKb = Math.max(peakKb, peakKbOf(child.pid ?? 0))
  }, 20)
  const code = await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject))
  const seconds = Math.round(performance.now() - start) / 1000
  clearInterval(watch)
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${command.join(' ')}`)
  const cpuSeconds = Math.round((cpuSecondsOfEnded() - cpuBefore) * 100) / 100
  const facts = (await program.facts?.(seconds)) ?? {}
  return {
    program: name,
    ...(rows !== undefined && { rows }),
    seconds,
    cpuSeconds,
    peakMb: Math.round(peakKb / 1024),
    facts,
  }
}

/** Prints the median of each program's runs. */
function tabulate(runs: readonly Run[]): void {
  const groups = Map.groupBy(runs, ({ program, rows }) => JSON.stringify([program, rows]))
  const lines = [...groups.values()].map((own) => {
    const middle = (of: (run: Run) => number) => medianOf(own.map(of))
    const { program, rows, facts } = own[0] as Run
    const seconds = middle((run) => run.seconds)
    return {
      program,
      ...(rows !== undefined && { rows }),
      seconds,
      ...(rows !== undefined && { 'rows/s': Math.round(rows / seconds) }),
      cpuSeconds: middle((run) => run.cpuSeconds),
      peakMb: middle((run) => run.peakMb),
      ...Object.fromEntries(Object.keys(facts).map((fact) => [fact, middle((run) => run.facts[fact] ?? 0)])),
    }
  })
  console.table(lines)
}

/** The middle one of some numbers, or half way between the two, to the thousandth; 0 where there are none. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [low = 0, high = low] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return Math.round(((low + high) / 2) * 1000) / 1000
}
