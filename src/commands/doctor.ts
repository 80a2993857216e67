import { defineCommand } from 'citty'
import { examine, type Finding } from '../doctor/index.ts'
import { commonArgs, elasticsearchArgs, jobOf, printerOf, printJson } from './common.ts'
import { Failed } from './exit.ts'

const args = {
  start: {
    type: 'boolean',
    default: true,
    description: 'Start missing subscriptions, as collect would: only that tells whether auditing is on',
    negativeDescription: 'Look only',
  },
  ...commonArgs,
  ...elasticsearchArgs,
} as const

const marks: Readonly<Record<Finding['level'], string>> = { ok: 'ok     ', warning: 'WARNING', problem: 'PROBLEM' }

/** Looks at everything that collecting needs. */
export const doctorCommand = defineCommand({
  args,
  async run({ args: given }) {
    const job = jobOf(given)
    const print = printerOf(given)
    const findings: Finding[] = []
    print('ok      configuration: it can be used')
    for await (const finding of examine(job, given.start)) {
      findings.push(finding)
      const { area, subject, level, text } = finding
      print(`${marks[level]} ${area}: ${subject}: ${text}`)
    }
    printJson(given, findings)
    if (findings.some(({ level }) => level === 'problem')) throw new Failed()
  },
})
