import { type ApplicationAnswer, everyApplication } from './application-answers.ts'
import type { Listed } from './listed-rows.ts'
import { writeReportFile } from './report-file.ts'
import type { Scratch } from './scratch.ts'
import { cell } from './tsv/cell.ts'

/** The name of the table that has all applications, of which answers list the first. */
export const applicationsTable = 'applications'

const columns: Readonly<Record<string, (answer: ApplicationAnswer) => string | number | null>> = {
  Application: ({ name }) => name,
  'Application ID': ({ application }) => application,
  First: ({ first }) => first,
  Last: ({ last }) => last,
  Activities: ({ activities }) => activities,
  Mailboxes: ({ mailboxTotal }) => mailboxTotal,
  'First Mailboxes': ({ mailboxes }) => mailboxes.join('; '),
  'Mails Read': ({ mails }) => mails,
  'Folders Copied': ({ folders }) => folders,
  Sent: ({ sent }) => sent,
  'Mails Requested': ({ requestedMails }) => requestedMails,
  'Lists Requested': ({ requestedLists }) => requestedLists,
  'Sendings Requested': ({ requestedSendings }) => requestedSendings,
  Consented: ({ consented }) => consented,
  'Consented By': ({ consenters }) => consenters.join('; '),
  Withdrawn: ({ withdrawn }) => withdrawn,
  'Withdrawn By': ({ withdrawers }) => withdrawers.join('; '),
  'Last Active': ({ active }) => active,
  Actors: ({ actors }) => Object.keys(actors).join('; '),
  'Event ID': ({ id }) => id,
}

/** Writes every application with access to mail to the file at `path`. What answers list of them is not counted again, where that is all. */
export function writeApplications(
  scratch: Pick<Scratch, 'each'>,
  { rows, total }: Listed<ApplicationAnswer>,
  path: string,
): void {
  const answers = rows.length === total ? rows : everyApplication(scratch)
  writeReportFile(path, linesOf(answers))
}

function* linesOf(answers: Iterable<ApplicationAnswer>): Generator<string> {
  yield `${Object.keys(columns).join('\t')}\n`
  for (const answer of answers) {
    const cells = Object.values(columns).map((read) => cell(read(answer) ?? undefined))
    yield `${cells.join('\t')}\n`
  }
}
