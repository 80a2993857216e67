import { rmSync } from 'node:fs'
import { command, numberOf, runs, shape } from './command.ts'
import { compare, medianOf } from './measure.ts'
import { cache, emptied, hoofprint } from './places.ts'
import { fileOf } from './shapes.ts'

const [first, second] = ['the first time', 'the same file again']

/** `npm run bench -- reimport`: what it costs to give a case a file that it knows. */
export const reimporting = command({
  does: 'a file that the case knows, recognized by its hash, against the first import of it',
  options: { shape, rows: { type: 'string', default: '1048576', help: 'how many rows' }, runs },
  async run({ shape, rows, runs }) {
    const count = numberOf('rows', rows)
    const file = fileOf(shape, count)
    const program = [...hoofprint, 'import', file, '--case', `${cache}out/case`, '--quiet']
    const programs = [
      { name: first, rows: count, command: program, prepare: () => void emptied('out') },
      { name: second, rows: count, command: program },
    ]
    try {
      const all = await compare(programs, numberOf('runs', runs), { shape })
      const secondsOf = (name: string) =>
        medianOf(all.filter(({ program }) => program === name).map(({ seconds }) => seconds))
      console.log(JSON.stringify({ shareOfFirst: Math.round((secondsOf(second) / secondsOf(first)) * 1000) / 1000 }))
    } finally {
      rmSync(`${cache}out`, { recursive: true, force: true })
    }
  },
})
