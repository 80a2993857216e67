import { rmSync, statSync } from 'node:fs'
import { command, numberOf, numbersOf, runs, shape } from './command.ts'
import { compare, type Program } from './measure.ts'
import { cache, emptied, hoofprint } from './places.ts'
import { fileOf } from './shapes.ts'

/** What to run on a file: `{file}` and `{folder}` stand for it and for an empty folder. */
interface Template {
  readonly name: string
  readonly command: readonly string[]
}

const own: Template = {
  name: 'hoofprint import',
  command: [...hoofprint, 'import', '{file}', '--case', '{folder}/case', '--quiet'],
}

const bare: Template = { name: `${own.name} --no-reports`, command: [...own.command, '--no-reports'] }

/** `npm run bench`: how long it takes from a file to a case with its reports, and how that grows. */
export const importing = command({
  does: 'from a file to a case with all its reports, each time into a new case',
  options: {
    shape,
    rows: { type: 'string', default: '1048576', help: 'how many rows; several as 10000,100000,1048576' },
    runs,
    'no-reports': { type: 'boolean', default: false, help: 'only read into the case' },
    peer: {
      type: 'string',
      multiple: true,
      help: 'NAME="cmd {file} {folder}": another program, run in turn on the same file',
    },
  },
  async run({ shape, rows, runs, 'no-reports': isBare, peer = [] }) {
    const sizes = numbersOf('rows', rows)
    const files = sizes.map((count) => ({ count, file: fileOf(shape, count) }))
    const templates = [isBare ? bare : own, ...peer.map(peerOf)]
    const programs = files.flatMap(({ count, file }) => templates.map((each) => filled(each, file, count)))
    const bytes = files.map(({ file }) => statSync(file).size)
    try {
      await compare(programs, numberOf('runs', runs), { shape, rows: sizes, bytes })
    } finally {
      rmSync(`${cache}out`, { recursive: true, force: true })
    }
  },
})

function filled({ name, command }: Template, file: string, rows: number): Program {
  const fill = (word: string) => word.replaceAll('{file}', file).replaceAll('{folder}', `${cache}out`)
  return { name, rows, command: command.map(fill), prepare: () => void emptied('out') }
}

function peerOf(text: string): Template {
  const [name = '', ...command] = text.split('=')
  if (command.length === 0) throw new Error(`--peer takes NAME="COMMAND", not "${text}"`)
  return { name, command: ['sh', '-c', `exec ${command.join('=')}`] }
}
