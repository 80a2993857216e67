import type { CategoryName, EcsDocument } from '../../document.ts'
import type { ReportedActivity, ReportedMail } from '../reported-activity.ts'

/** One TSV: which activities it lists, and its columns in order. */
export interface TsvTable {
  /** The file is `<title>-<name>.tsv`. */
  readonly name: string
  readonly category: CategoryName
  /** Which activities of the category; all when absent. */
  readonly lists?: (document: EcsDocument) => boolean
  /** Whether an activity that names several mails has a line for each. */
  readonly eachMail?: boolean
  readonly columns: Columns
}

export type Columns = Readonly<Record<string, Column>>

/** What stands in a cell; `mail` is the one that the line is about. */
export type Column = (activity: ReportedActivity, mail: ReportedMail | undefined) => string | number | undefined
