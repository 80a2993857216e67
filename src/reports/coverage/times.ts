import { dayName } from '../../time/time.ts'
import { datasetLabel, keptFor, lateBy } from '../datasets.ts'
import { countOf, few, mailboxNamed, number } from '../words.ts'
import { type Check, duration, fileByFile, info, minute, oneByOne, warning } from './check.ts'

/** Mailboxes of which nothing was recorded for days. */
export const silent: Check = ({ answers: { silences, datasets } }) =>
  oneByOne(
    silences.rows,
    ({ mailbox, dataset, from, until, hours }) => {
      const when = `${duration(hours)}, from ${minute(from)} to ${minute(until)}`
      const where = datasets.length > 1 ? ` in ${datasetLabel(dataset)}` : ''
      const text = `Nothing was recorded of ${mailboxNamed(mailbox)}${where} for ${when}: nothing happened, or its record is missing.`
      return warning('silence', text)
    },
    (more) => {
      const stretches = countOf(more, 'further stretch', 'further stretches')
      return warning('more-silences', `${stretches} of more than 3 days also had no records.`)
    },
    silences.total,
  )

const stretchesTold = 10

/** Days of which nobody has a record. */
export const emptyDays: Check = ({ answers }) =>
  answers.emptyDays.map(({ dataset, first, last, days, stretches }) => {
    const told = stretches.map(([from, until]) =>
      from === until ? dayName(from) : `${dayName(from)} to ${dayName(until)}`,
    )
    const text = `Nobody has a record in ${datasetLabel(dataset)} on ${number(days)} of the ${number(last - first + 1)} days (UTC) from ${dayName(first)} to ${dayName(last)}: ${few(told, stretchesTold)}${stretches.every(isWeekend) ? ', Saturdays and Sundays alone' : ''}. Nothing happened then, or it was not exported.`
    return warning('empty-days', text)
  })

/** Whether all of it is a Saturday or a Sunday; the first day of 1970 was a Thursday. */
function isWeekend([first, last]: readonly [first: number, last: number]): boolean {
  const weekday = (first + 4) % 7
  return (weekday === 6 && last <= first + 1) || (weekday === 0 && last === first)
}

/** Shapes whose times are of a place that they do not name. */
const localShapes: ReadonlySet<string> = new Set([
  ...['mailbox-audit-csv', 'mailbox-audit-local-json', 'admin-audit-csv', 'admin-audit-local-json'],
  'message-tracking-local-csv',
])

/** Exports that tell times of a place that they do not name. */
export const localTimes: Check = ({ evidence }) =>
  fileByFile(
    'local-times',
    evidence.filter(({ shape }) => localShapes.has(shape)),
    ({ path }) =>
      `The times in "${path}" are as the computer showed them that made the export, and are taken for UTC here: in which time zone was it?`,
  )

// Advanced hunting is in UTC, but its page shows and saves what the portal's time zone says (Microsoft: Microsoft Defender time zone settings).
/** Exports whose times are of the zone that their page showed. */
export const shownTimes: Check = ({ evidence }) =>
  fileByFile(
    'shown-times',
    evidence.filter(({ isShown }) => isShown === true),
    ({ path }) =>
      `The times in "${path}" are as Defender's portal showed them, and are taken for UTC here: if its time zone was another (Settings, Microsoft Defender XDR, Time zone), set it to UTC and export again.`,
  )

/** Exports whose dates may be read in two ways. */
export const eitherDates: Check = ({ evidence }) =>
  fileByFile(
    'either-dates',
    evidence.filter(({ dates }) => dates === 'either'),
    ({ path }) =>
      `No row of "${path}" tells whether 5/3 is in its dates the 5th of March or the 3rd of May, and one of them was taken: export it with dates such as 2026-05-03, or import it into a new case with --dates day or --dates month.`,
  )

/** What happened before the first record. */
export const retention: Check = ({ answers: { datasets } }) =>
  datasets.flatMap(({ dataset, first }) => {
    const kept = keptFor(dataset)
    return kept === undefined
      ? []
      : [info('retention', `${kept}: what happened before the first here, ${minute(first)}, is unknown.`)]
  })

/** What happened shortly before the export. */
export const late: Check = ({ answers: { datasets } }) =>
  datasets.flatMap(({ dataset, last }) => {
    const lateness = lateBy(dataset)
    if (lateness === undefined) return []
    const text = `${lateness}: an export lacks some of what was done in the hours before it. The last here is of the hour from ${minute(last)}; nothing later is known.`
    return [info('late', text)]
  })
