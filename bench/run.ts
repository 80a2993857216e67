import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'

/**
 * Measures whole programs from outside: `npm run bench`, or
 * `npm run bench -- --rows 100000 --runs 3 --peer magic-unicorn="python3 MagicUnicorn_v1.py -i {file} -t t -o {folder}/"`.
 * Prints one JSON line for each run, then a table of medians. Times are only comparable within one call.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1048576' },
    runs: { type: 'string', default: '3' },
    peer: { type: 'string', multiple: true, default: [] },
  },
})

interface Program {
  readonly name: string
  readonly command: readonly string[]
}

interface Run {
  readonly program: string
  readonly rows: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMb: number
}

const folder = new URL('../.cache/bench/', import.meta.url).pathname
const file = `${folder}retriever-${values.rows}.csv`
const rows = Number(values.rows)
mkdirSync(folder, { recursive: true })
if (!existsSync(file))
  await run({ name: 'generate', command: ['node', 'bench/generate-retriever.ts', values.rows, file] })

const hoofprint: Program = {
  name: 'hoofprint',
  command: [
    'node',
    '--max-semi-space-size=6',
    'bin/hoofprint.mjs',
    'import',
    '{file}',
    '--case',
    '{folder}/case',
    '--quiet',
  ],
}
const programs = [hoofprint, ...values.peer.map(peerOf)]
const description = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
}
console.log(JSON.stringify({ ...description, file: { rows, mb: Math.round(statSync(file).size / 1e6) } }))

const runs: Run[] = []
for (let i = 0; i < Number(values.runs); i += 1) {
  for (const program of programs) {
    rmSync(`${folder}out`, { recursive: true, force: true })
    mkdirSync(`${folder}out`)
    const result = await run(program)
    runs.push(result)
    console.log(JSON.stringify(result))
  }
}
rmSync(`${folder}out`, { recursive: true, force: true })

console.table(
  programs.map(({ name }) => {
    const own = runs.filter(({ program }) => program === name)
    const median = (key: 'seconds' | 'cpuSeconds' | 'peakMb') =>
      own.map((result) => result[key]).sort((a, b) => a - b)[own.length >> 1] ?? 0
    const seconds = median('seconds')
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

function peerOf(text: string): Program {
  const [name = '', ...command] = text.split('=')
  return { name, command: ['sh', '-c', `exec ${command.join('=')}`] }
}

/** Runs a program to its end, watching its memory and processor time (Linux). */
async function run({ name, command }: Program): Promise<Run> {
  const [first = '', ...rest] = command.map((word) =>
    word.replaceAll('{file}', file).replaceAll('{folder}', `${folder}out`),
  )
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
