import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { command, numberOf } from './command.ts'
import { compare, measure } from './measure.ts'
import { cache, emptied, hoofprintOn } from './places.ts'
import { fileOf } from './shapes.ts'

const rows = 1000

/** `npm run bench -- start`: how long one waits before anything happens. */
export const starting = command({
  does: 'hoofprint --help, --version and the import of a thousand rows, also through the launcher on an older Node of the PATH',
  options: {
    runs: { type: 'string', default: '11', help: 'how often each is run, after one run that does not count' },
  },
  async run({ runs }) {
    const file = fileOf('retriever', rows)
    const asked = [['--help'], ['--version'], ['import', file, '--case', `${cache}out/case`, '--quiet']]
    const programs = nodes().flatMap(({ node, version }) =>
      asked.map((words) => ({
        name: `${version} hoofprint ${words[0]}`,
        command: [...hoofprintOn(node), ...words],
        prepare: () => void emptied('out'),
      })),
    )
    try {
      for (const program of programs) await measure(program) // What is not in the system's memory yet is another matter.
      await compare(programs, numberOf('runs', runs), { importedRows: rows })
    } finally {
      rmSync(`${cache}out`, { recursive: true, force: true })
    }
  },
})

/** The Node that runs this, and the user's own where that is another: npm puts the one of the dependencies before it. */
function nodes(): { node: string; version: string }[] {
  const paths = (process.env['PATH'] ?? '').split(':').filter((folder) => !folder.includes('node_modules'))
  const found = paths.map((folder) => join(folder, 'node')).find((path) => existsSync(path))
  const all = [process.execPath, ...(found === undefined ? [] : [found])].map((node) => {
    return { node, version: `Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1)}` }
  })
  return all.filter(({ version }, i) => all.findIndex((each) => each.version === version) === i)
}
