import type { Listed } from '../../entry.ts'
import { dayMs } from '../../time/time.ts'
import type { Content } from './content.ts'

/** A day, perhaps with its time, as names of files and folders have them: `20260310120000-MailboxRules.csv`, `20260310-120000`, `rules_2026-03-10.csv`. */
const inName =
  /(?<!\d)(?<year>20\d\d)(?<sign>[-_.]?)(?<month>0[1-9]|1[0-2])\k<sign>(?<day>0[1-9]|[12]\d|3[01])(?:[-_T ]{0,3}(?<hour>[01]\d|2[0-3])[-_.:]?(?<minute>[0-5]\d)(?:[-_.:]?(?<second>[0-5]\d))?)?(?!\d)/g

/** What a packer or a system without a clock writes is no time. */
const earliest = Date.UTC(2010, 0)

/** The file's name, with that of the workbook that it is a sheet of. */
const ownName = /(?:[^\\/]+\.xls[xm][\\/])?[^\\/]*$/i
/** Tools make folders with the time in their names, and in these at most so many others; a day alone is more often that of the case. */
const foldersLooked = 3

/**
 * When a listing of how things stood was made: its name says so, or a folder that it lies in by a time of day; else it was when the file was changed last.
 * A day in the folder's name is better than nothing. Nothing where none of these is known.
 */
export function listedAt({ path, modified }: Pick<Content, 'path' | 'modified'>, now = Date.now()): Listed | undefined {
  const [own = ''] = ownName.exec(path) ?? []
  const folders = path
    .slice(0, -own.length || undefined)
    .split(/[\\/]/)
    .slice(-1 - foldersLooked)
    .join('/')
  const isChange = modified !== undefined && modified >= earliest
  const latest = now + dayMs // What is still to come in every time zone is a day of something else.
  return (
    named(own, latest) ??
    named(folders, latest, ({ hour }) => hour !== undefined) ??
    (isChange ? { at: Math.trunc(modified), by: 'change' } : named(folders, latest))
  )
}

type Dated = Readonly<Record<string, string | undefined>>

/** The last day that a text names, of those up to then. */
function named(text: string, latest: number, counts: (dated: Dated) => boolean = () => true): Listed | undefined {
  const all = [...text.matchAll(inName)].map(({ groups }) => groups as Dated).filter(counts)
  const at = all.map(timeOf).findLast((time) => time <= latest)
  return at === undefined ? undefined : { at, by: 'name' }
}

function timeOf({ year, month, day, hour = '00', minute = '00', second = '00' }: Dated): number {
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** Why a listing is not read of which nobody tells when it was made. */
export const undated =
  'it lists how things stood, and neither its name nor the file says when: put the day of the listing into the name, such as 2026-03-10'
