import { stripVTControlCharacters } from 'node:util'
import { type ArgsDef, type CommandDef, defineCommand, renderUsage, runCommand } from 'citty'
import { columnsOf } from './commands/columns.ts'
import { checkCommandLine } from './commands/command-line.ts'
import { exitCodeOf, Failed, saidOf } from './commands/exit.ts'
import { fittedUsage } from './commands/usage.ts'
import { nearest } from './config/option-names.ts'
import { codeOf, messageOf } from './errors.ts'
import { visible, visibleLines } from './reports/visible.ts'
import { version } from './version.ts'

/** Every command there is, in the order in which a case needs them, loaded when it is called: a list of them waits for none. A new one is a file in commands/ and an entry here. */
const commands = {
  import: {
    description: 'Read files and folders into a case, write its reports, print the answers',
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  answer: {
    description:
      'Tell the case in one page: from where, what was read, searched, sent, changed; how sure, and what limits it',
    load: async () => (await import('./commands/answer.ts')).answerCommand,
  },
  sessions: {
    description: 'List the sessions of the case: whose, from where, when, what was done in each',
    load: async () => (await import('./commands/sessions.ts')).sessionsCommand,
  },
  mark: {
    description: "Say which sessions, addresses … are the intruder's and which the owner's",
    load: async () => (await import('./commands/mark.ts')).markCommand,
  },
  report: {
    description: 'Write the TSVs, NDJSON and HTML of the case again, print the answers',
    load: async () => (await import('./commands/report.ts')).reportCommand,
  },
  publish: {
    description: 'Deliver the case to Elasticsearch: what it has got already is recognized',
    load: async () => (await import('./commands/publish.ts')).publishCommand,
  },
  setup: {
    description:
      'Install the templates into Elasticsearch and the dashboards into Kibana; done again, it changes nothing',
    load: async () => (await import('./commands/setup.ts')).setupCommand,
  },
  collect: {
    description: 'Read the configured APIs on their schedule, and deliver what comes',
    load: async () => (await import('./commands/collect.ts')).collectCommand,
  },
  doctor: {
    description: 'Check configuration, credentials, permissions, subscriptions and Elasticsearch',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
}

const main = defineCommand({
  meta: {
    name: 'hoofprint',
    version,
    description:
      'Follows an intruder through a Microsoft 365 mailbox: who logged on from where, what was searched, what was read.',
  },
  subCommands: Object.fromEntries(
    Object.entries(commands).map(([name, { description }]) => [name, { meta: { name, description } }]),
  ),
})

/** What somebody types who has an intruder to follow. */
const example = `FROM EVIDENCE TO ANSWERS

  hoofprint import evidence/ --case ./case
  hoofprint mark --hostile 203.0.113.66 --case ./case
  hoofprint answer --case ./case
`

// Whoever reads no further, such as head, has enough of the words: the work goes on. So it does when they cannot be kept, which is a failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (codeOf(error) === 'EPIPE') return
    if (process.exitCode === undefined)
      console.error(`hoofprint: what it prints cannot be written: ${messageOf(error)}`)
    process.exitCode = 1
  })
}

const [name = '', ...rest] = process.argv.slice(2)
const wantsHelp = rest.includes('--help') || rest.includes('-h')

try {
  if (name === '--version') console.log(version)
  else if (!Object.hasOwn(commands, name)) await explain(name)
  else if (wantsHelp) print(await renderUsage(await commandNamed(name), main))
  else await run(await commandNamed(name))
} catch (error) {
  if (!(error instanceof Failed)) console.error(visibleLines(`hoofprint: ${saidOf(error)}`))
  process.exitCode = exitCodeOf(error)
}

async function run(command: CommandDef): Promise<void> {
  checkCommandLine(command.args as ArgsDef, rest) // Every command has its own there, as an object.
  await runCommand(command, { rawArgs: rest })
}

async function explain(name: string): Promise<void> {
  if (['', 'help', '--help', '-h'].includes(name)) {
    print(await renderUsage(main))
    console.log(`\n${example}`) // Unbroken, for whoever copies it.
    return
  }
  const meant = nearest(name, Object.keys(commands))
  const hint = meant === undefined ? '' : ` did you mean ${meant}?`
  console.error(visible(`hoofprint: there is no command "${name}":${hint} hoofprint --help lists them`))
  process.exitCode = 2
}

/** Colours are for terminals. */
function print(usage: string): void {
  const text = fittedUsage(usage, columnsOf(process.stdout))
  console.log(process.stdout.isTTY ? text : stripVTControlCharacters(text))
}

// citty's types tie a command to its own arguments; here it is any of them.
async function commandNamed(name: string): Promise<CommandDef> {
  const { description, load } = commands[name as keyof typeof commands]
  return { ...((await load()) as unknown as CommandDef), meta: { name, description } }
}
