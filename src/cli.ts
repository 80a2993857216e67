import { stripVTControlCharacters } from 'node:util'
import { type CommandDef, defineCommand, renderUsage, runCommand } from 'citty'
import { exitCodeOf, Failed } from './commands/exit.ts'
import { messageOf } from './errors.ts'
import { version } from './version.ts'

/** Every command there is, loaded when it is called. A new one is one file in commands/ and one line here. */
const commands = {
  import: async () => (await import('./commands/import.ts')).importCommand,
  collect: async () => (await import('./commands/collect.ts')).collectCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  publish: async () => (await import('./commands/publish.ts')).publishCommand,
  answer: async () => (await import('./commands/answer.ts')).answerCommand,
  sessions: async () => (await import('./commands/sessions.ts')).sessionsCommand,
  mark: async () => (await import('./commands/mark.ts')).markCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  setup: async () => (await import('./commands/setup.ts')).setupCommand,
}

const main = defineCommand({
  meta: {
    name: 'hoofprint',
    version,
    description:
      'Follows an intruder through a Microsoft 365 mailbox: who logged on from where, what was searched, what was read.',
  },
  subCommands: commands,
})

const [name = '', ...rest] = process.argv.slice(2)
const wantsHelp = rest.includes('--help') || rest.includes('-h')

try {
  if (name === '--version') console.log(version)
  else if (!(name in commands)) await explain(name)
  else if (wantsHelp) print(await renderUsage(await commandNamed(name), main))
  else await runCommand(await commandNamed(name), { rawArgs: rest })
} catch (error) {
  if (!(error instanceof Failed)) console.error(`hoofprint: ${messageOf(error)}`)
  process.exitCode = exitCodeOf(error)
}

async function explain(name: string): Promise<void> {
  const usage = await renderUsage(main)
  if (['', 'help', '--help', '-h'].includes(name)) {
    print(usage)
    return
  }
  console.error(`${stripVTControlCharacters(usage)}\nhoofprint: there is no command "${name}"`)
  process.exitCode = 2
}

/** Colours are for terminals. */
function print(text: string): void {
  console.log(process.stdout.isTTY ? text : stripVTControlCharacters(text))
}

// citty's types tie a command to its own arguments; here it is any of them.
async function commandNamed(name: string): Promise<CommandDef> {
  return (await commands[name as keyof typeof commands]()) as unknown as CommandDef
}
