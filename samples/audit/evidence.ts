import { createRandom } from '../random.ts'
import { at, day, end, start } from './clock.ts'
import { entraSignInsCsv } from './exports/entra-signins-csv.ts'
import { type EvidenceFile, type Gap, within } from './exports/file.ts'
import { graphAudit } from './exports/graph-audit.ts'
import { graphSignIns } from './exports/graph-signins.ts'
import { managementBlobs } from './exports/management-api.ts'
import { messageTrace, traceId } from './exports/message-trace.ts'
import { purviewCsv } from './exports/purview-csv.ts'
import { searchUalCsv } from './exports/search-ual-csv.ts'
import type { Category } from './fact.ts'
import type { SignIn } from './sign-in.ts'
import type { Story, Told, Trace } from './story.ts'
import { type Account, alice, bob, carol } from './tenant.ts'

/** What the investigator has: the files, and what of the story is in at least one of them. */
export type Evidence = {
  files: EvidenceFile[]
  gaps: Gap[]
  told: Told[]
  signIns: SignIn[]
  traces: Trace[]
}

const changes: Category[] = ['rule', 'forward', 'permission', 'consent', 'account', 'admin', 'share', 'alert']

/** Exports the story in pieces that overlap. On 1 February nobody asked for all users: that day is a real gap. */
export function exportEvidence(story: Story): Evidence {
  const { told } = story
  const random = createRandom(44)
  const first = searchUalCsv('search-ual-part1.csv', by([alice], within(told, at('01-20T00:00'), at('01-24T00:00'))), {
    random,
    saved: { remoting: true },
  })
  const second = searchUalCsv(
    'search-ual-part2.csv',
    by([bob, carol], within(told, at('01-29T00:00'), at('02-03T00:00'))),
    { random, saved: { remoting: false, gap: { from: 241, to: 260 } } },
  )
  const files = [
    purviewCsv('purview-2026-01-12-2026-01-31.csv.gz', within(told, start, at('02-01T00:00'))),
    purviewCsv(
      'purview-2026-01-12-2026-02-10-changes.csv',
      told.filter(({ fact }) => changes.includes(fact.category)),
    ),
    first.file,
    second.file,
    graphAudit('ual-graph.json', within(told, at('02-02T00:00'), at('02-06T00:00')), random),
    ...managementBlobs('management-api-blobs', within(told, at('02-05T00:00'), end), random),
    entraSignInsCsv('entra-signins.csv', within(story.signIns, start, at('01-29T00:00'))),
    graphSignIns('graph-signins.json', within(story.signIns, at('01-26T00:00'), end)),
    messageTrace('message-trace.csv', story.traces, [
      { from: at('01-21T00:00'), to: at('01-31T00:00') },
      { from: at('01-30T12:00'), to: at('01-30T12:00') + 10 * day },
    ]),
  ]
  const ids = new Set(files.flatMap((file) => file.ids))
  return {
    files,
    gaps: [...first.gaps, ...second.gaps],
    told: told.filter(({ record }) => ids.has(record.Id)),
    // A logon bears the same id in the audit log: only the sign-in logs' own files say which sign-ins there are.
    signIns: inFiles(files, ['entra-signins-csv', 'graph-signins'], story.signIns, ({ id }) => id),
    traces: inFiles(files, ['message-trace'], story.traces, traceId),
  }
}

function by(accounts: Account[], told: Told[]): Told[] {
  return told.filter(({ record }) => accounts.some(({ upn }) => upn === record.UserId.toLowerCase()))
}

function inFiles<T>(files: EvidenceFile[], shapes: string[], all: T[], idOf: (one: T) => string): T[] {
  const ids = new Set(files.filter(({ shape }) => shapes.includes(shape)).flatMap((file) => file.ids))
  return all.filter((one) => ids.has(idOf(one)))
}
