import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { measure, type Program, type Run, tabulate } from './measure.ts'

/**
 * Measures whole programs from outside: `npm run bench` (`npm run bench -- publish` has its own file), or
 * `npm run bench -- --rows 100000 --runs 3 --peer magic-unicorn="python3 MagicUnicorn_v1.py -i {file} -t t -o {folder}/"`.
 * Prints one JSON line for each run, then a table of medians. Times are only comparable within one call.
 */
if (process.argv[2] === 'publish') {
  await import('./publish.ts')
  process.exit()
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1048576' },
    runs: { type: 'string', default: '3' },
    peer: { type: 'string', multiple: true, default: [] },
  },
})

const folder = new URL('../.cache/bench/', import.meta.url).pathname
const file = `${folder}retriever-${values.rows}.csv`
const rows = Number(values.rows)
mkdirSync(folder, { recursive: true })
if (!existsSync(file))
  await measure({ name: 'generate', command: ['node', 'bench/generate-retriever.ts', values.rows, file] }, rows)

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
    const result = await measure(filled(program), rows)
    runs.push(result)
    console.log(JSON.stringify(result))
  }
}
rmSync(`${folder}out`, { recursive: true, force: true })

tabulate(programs, runs)

function filled({ name, command }: Program): Program {
  const fill = (word: string) => word.replaceAll('{file}', file).replaceAll('{folder}', `${folder}out`)
  return { name, command: command.map(fill) }
}

function peerOf(text: string): Program {
  const [name = '', ...command] = text.split('=')
  return { name, command: ['sh', '-c', `exec ${command.join('=')}`] }
}
