import { serviceTag } from '../../document.ts'
import type { ActivityListName, Answers } from '../answers.ts'
import { withoutForest } from '../changes.ts'
import { sentOnTexts } from '../sent-on.ts'
import { visible } from '../visible.ts'
import { failedMark, minute, number, shortened } from '../words.ts'
import { type Lines, listedFew } from './table.ts'

type ListedRow = Answers[ActivityListName]['rows'][number]

/** Puts what people did before what Microsoft's services did. */
function byService(a: ListedRow, b: ListedRow): number {
  const isService = ({ marks }: ListedRow) => Number(String(marks).includes(serviceTag))
  return isService(a) - isService(b)
}

/** What was changed, in the order in which a report tells it. */
const changeNames: Readonly<Partial<Record<ActivityListName, string>>> = {
  rules: 'rules',
  forwarding: 'forwarding',
  permissions: 'permissions',
  consents: 'consents',
  accounts: 'accounts',
  administration: 'administration',
  shared: 'sharing',
  alerts: 'alerts',
}

/** What was changed: the first of each kind. */
export function changes(answers: Answers): Lines {
  const lists = Object.entries(changeNames) as [ActivityListName, string][]
  const lines = lists.flatMap(([name, label]) => {
    const { total, rows } = answers[name]
    if (total === 0) return []
    const shown = rows
      .toSorted(byService)
      .slice(0, listedFew)
      .map((row) => {
        const object = withoutForest(row['object'])
        const told = [row['operation'], object, row['detail']].filter((one) => one !== null && one !== undefined)
        const who = row['actor'] ?? row['mailbox'] ?? ''
        const from = row['method'] === 'nearest' ? `${row['ip']} inferred` : (row['ip'] ?? 'no address')
        return `    ${minute(String(row['at']))}  ${shortened(visible(told.join(': ')), 240)}${failedMark(row['outcome'])}  (${visible(`${who}, ${from}`)})`
      })
    const more = total > shown.length ? [`    … and ${number(total - shown.length)} more in the report`] : []
    return [`  ${label}: ${number(total)}`, ...shown, ...more]
  })
  const sentOn = sentOnTexts(answers.sentOn).map((line) => `    ${visible(line)}`)
  const where = sentOn.length === 0 ? [] : [`  where mail is sent on to: ${number(answers.sentOn.length)}`, ...sentOn]
  return lines.length === 0 ? [] : ['What was changed? (UTC)', ...lines, ...where]
}
