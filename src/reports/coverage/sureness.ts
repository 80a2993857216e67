import { alsoAudited, serviceTag } from '../../document.ts'
import { sum } from '../sum.ts'
import { countOf, mailsCounted, number, percent } from '../words.ts'
import { type Check, gap, info, isOrAre, warning } from './check.ts'

/** Records whose end is missing. */
export const truncated: Check = ({ answers }) => {
  const count = answers.marks['truncated'] ?? 0
  if (count === 0) return []
  const text = `${countOf(count, 'record')} ${isOrAre(count)} not whole in the evidence (a spreadsheet keeps 32,767 characters of a cell and of a time what it shows, PowerShell's ConvertTo-Json two levels unless -Depth says more, and Export-Csv of a list its type alone): what could be read is counted, the rest is missing.`
  return [gap('truncated', text)]
}

/** Operations that no table lists. */
export const unknown: Check = ({ answers: { unknownOperations } }) => {
  const operations = Object.values(unknownOperations)
  const total = sum(operations, (count) => count)
  if (total === 0) return []
  const what = `${countOf(total, 'activity', 'activities')} of ${countOf(operations.length, 'operation')}`
  const text = `${what} that Hoofprint does not know ${isOrAre(total)} counted as "other" and may belong to an answer.`
  return [warning('unknown-operations', text)]
}

/** How it is known from where mail was read. */
export const attribution: Check = ({ answers: { reads, readsByMethod } }) => {
  const { displays } = reads
  if (displays === 0) return []
  const { session, nearest, recorded, service, nobody } = readsByMethod
  const share = (count: number) => `${number(count)} (${percent(count, displays)})`
  const told = [
    ...(recorded > 0 ? [`${share(recorded)} name their address themselves`] : []),
    `${share(session)} are tied to a logon by its session`,
    `${share(nearest)} to the nearest earlier logon`,
    ...(service > 0 ? [`${share(service)} came through a service of Microsoft's`] : []),
    `${share(nobody)} to none`,
  ]
  const text = `Of ${countOf(displays, 'display or access', 'displays and accesses')} of mail, ${told.join(', ')}.`
  return [nobody + service > 0 ? warning('attribution', text) : info('attribution', text)]
}

/** Of how many mails that were read the subject is known. */
export const subjects: Check = ({ answers }) => {
  const { reads, readSubjects } = answers
  const { items } = reads
  if (items === 0) return []
  const share = `${number(readSubjects)} (${percent(readSubjects, items)}) of ${countOf(items, 'mail')}`
  const text = `The subject is known of ${share} that were read: records of reading do not name it, only other records of the case do${mailsCounted(answers)}.`
  return [readSubjects < items ? warning('subjects', text) : info('subjects', text)]
}

/** Records whose address says nothing of who acted. */
export const services: Check = ({ answers }) => {
  const count = answers.marks[serviceTag] ?? 0
  if (count === 0) return []
  const text = `${countOf(count, 'record')} ${isOrAre(count)} from a service of Microsoft's: their addresses are Microsoft's, not those of whoever asked for it.`
  return [info('microsoft-service', text)]
}

/** Shapes of the two logs that record changes of the directory. */
const bothLogs = [/^directory-audit/, /^(?:audit|management|compliance|purview|search-ual|graph-audit|cloud-app)-/]

/** Changes of the directory stand in two logs, under ids that have nothing in common. */
export const doubledChanges: Check = ({ evidence }) => {
  if (!bothLogs.every((shapes) => evidence.some(({ shape }) => shapes.test(shape)))) return []
  const text =
    "Entra's audit log and the unified audit log both record changes of the directory, under ids of their own: consents, roles and accounts that stand in both count twice."
  return [warning('doubled-changes', text)]
}

/** What two datasets both record. */
export const doubled: Check = ({ answers }) => {
  const names = answers.datasets.map(({ dataset }) => dataset)
  if (!names.includes('o365.audit') || !names.includes('azure.signinlogs')) return []
  const both = answers.marks[alsoAudited] ?? 0
  const once = `${countOf(both, 'sign-in')} ${isOrAre(both)} recorded in both, under one id, and counted once`
  const text = `The audit log and the sign-in log both record sign-ins: ${both === 0 ? 'none is found in both' : once}.`
  return [info('doubled-logons', text)]
}
