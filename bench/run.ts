import type { Command } from './command.ts'
import { importing } from './import.ts'
import { publishing } from './publish.ts'
import { pulling } from './pull.ts'
import { reimporting } from './reimport.ts'
import { starting } from './start.ts'

const commands: Readonly<Record<string, Command>> = {
  import: importing,
  reimport: reimporting,
  publish: publishing,
  pull: pulling,
  start: starting,
}

const introduction = `Measures whole programs from outside (Linux): npm run bench -- [COMMAND] [OPTIONS]

Prints the machine, a line of JSON for each run, and a table of medians. Files are generated from a seed, the same on every
machine, and kept in .cache/bench. Times compare only within one call on a machine that does nothing else.
`

const [name = '', ...rest] = process.argv.slice(2)
const named = commands[name]
if (process.argv.includes('--help')) help(named === undefined ? commands : { [name]: named })
else if (named !== undefined) await start(named, rest)
else if (name === '' || name.startsWith('--')) await start(importing, process.argv.slice(2))
else fail(`there is no command ${name}: ${Object.keys(commands).join(', ')}`)

async function start(command: Command, words: readonly string[]): Promise<void> {
  await command.run(words).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))
}

function fail(message: string): never {
  console.error(`${message}\nnpm run bench -- --help`)
  process.exit(1)
}

function help(some: Readonly<Record<string, Command>>): void {
  console.log(introduction)
  for (const [own, { does, options }] of Object.entries(some)) {
    console.log(`${own}${own === 'import' ? ' (or no command)' : ''}: ${does}`)
    for (const [option, { type, default: usual, help }] of Object.entries(options)) {
      const given = type === 'string' ? ` ${typeof usual === 'string' ? usual : 'TEXT'}` : ''
      console.log(`    --${`${option}${given}`.padEnd(24)} ${help}`)
    }
    console.log()
  }
}
