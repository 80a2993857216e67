import type { CaseReport } from '../answers.ts'
import { stateKinds } from '../state-kinds.ts'
import type { StateRow } from '../states.ts'
import { sourceColumn, times, values } from './columns.ts'
import type { Html } from './html.ts'
import { section, table } from './table.ts'

/** What files list as it stood when somebody looked. */
export function states(report: CaseReport): Html {
  const { rows, total } = report.answers.states
  const proves =
    'A row proves that it stood so when somebody looked, not who made it and when, nor what became of it: the rows of rules, forwarding, permissions, consents, accounts and administration above tell that. The time is that in the name of its file or folder, of whatever time zone, else that of the file’s last change, which a copy may alter. None of it counts as an activity.'
  const { cell, ...source } = sourceColumn(
    report.evidence,
    rows.map(({ file }) => file),
  )
  return section({ id: 'states', title: 'What stood when somebody looked', proves }, () =>
    table<StateRow>({
      id: 'states-listed',
      title: 'As listed',
      about:
        rows.length < total
          ? 'What lets mail out, hides it, lets somebody in or keeps from being recorded what is done stands before all else.'
          : undefined,
      columns: [
        times('As of', ({ at }) => at),
        values('Dated by', 'narrow', ({ by }) => (by === 'name' ? 'file’s name' : 'file’s last change')),
        values('What', 'narrow', ({ kind }) => stateKinds[kind]?.noun[0] ?? kind),
        values('Mailbox', 'mailbox', ({ mailbox }) => mailbox),
        values('Name', 'text', ({ object }) => object),
        values('How it stood', 'wide', ({ says }) => says),
        { ...source, cell: ({ file, row }) => cell({ file, row }) },
      ],
      rows,
      total,
      ...{ file: report.tables['listed-states'], each: 'Row by row' },
    }),
  )
}
