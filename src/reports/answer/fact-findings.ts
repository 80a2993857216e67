import type { CategoryName } from '../../document.ts'
import type { Telling } from '../../microsoft/telling-operations.ts'
import { withoutForest } from '../changes.ts'
import { inMailbox } from '../completeness.ts'
import { elseCategory, isServices, isTelling } from '../fact.ts'
import type { Scratch } from '../scratch.ts'
import { standingColumns } from '../standing.ts'
import { isAllInferred, isInferred } from '../sureness.ts'
import { failedMark, mailboxNamed, shortId } from '../words.ts'
import { type Finding, type Found, mostFindings, type Sureness, type Whose } from './finding.ts'

/** A row of the table of facts. */
type FactRow = Readonly<Record<string, string | number | null>>

/** A question that the facts of one category answer, one by one. */
export interface FactQuestion {
  readonly name: string
  readonly question: string
  /** Which facts answer it, in SQL. */
  readonly of: string
  /** Which of them are told before others, in SQL: there is not always room for all. */
  readonly first?: string
  /** Whether what was changed stands until somebody changes it again. */
  readonly stands?: true
  readonly line: (fact: FactRow) => (string | number | null | undefined)[]
}

const subject = ({ subject, item, mails }: FactRow) =>
  `${subject ?? (item === null ? 'a mail not named' : `a mail with the id ${shortId(String(item))}`)}${Number(mails) > 1 ? ` (${mails} mails)` : ''}`
const change = ({ operation, object, detail }: FactRow) => [operation, withoutForest(object), detail]

const fromTo = ({ object, detail }: FactRow) =>
  detail === null ? object : `${object ?? 'a folder not named'} → ${detail}`

/** In whose name mail was sent by somebody else. */
const posed: Readonly<Record<string, string>> = { SendAs: 'as', SendOnBehalf: 'on behalf of' }
const inTheNameOf = ({ operation, sender }: FactRow) => {
  const how = posed[String(operation)]
  return how === undefined || sender === null ? null : `${how} ${sender}`
}

/** Of several statuses nothing here tells which recipient's each is: side by side they would be taken for the recipients' in their order. */
const tracesText = (traced: string) =>
  traced.includes('; ') ? `message traces, not in the order of recipients: ${traced}` : `message trace ${traced}`

const tells = (telling: Telling) => `telling = '${telling}'`
const isOfCategory = (category: CategoryName) => `category = '${category}'`

/** What was changed and stands until somebody changes it again. */
function changes(name: string, question: string, of: string): FactQuestion {
  return { name, question, of, stands: true, line: change }
}

/** In the order in which an answer tells them. */
export const factQuestions: readonly FactQuestion[] = [
  {
    name: 'sent',
    question: 'What was sent or drafted?',
    of: isOfCategory('send'),
    line: (fact) => [
      fact['operation'],
      subject(fact),
      fact['detail'] === null ? null : `to ${fact['detail']}`,
      inTheNameOf(fact),
      fact['object'] === null ? null : `with ${fact['object']}`,
      fact['traced'] === null ? null : tracesText(String(fact['traced'])),
    ],
  },
  {
    name: 'attachments',
    question: 'Which attachments were opened?',
    of: isOfCategory('attachment'),
    line: (fact) => [fact['object'] ?? fact['operation'], `of ${subject(fact)}`],
  },
  {
    name: 'deleted',
    question: 'What was deleted?',
    of: isOfCategory('delete'),
    line: (fact) => [fact['operation'], subject(fact), fact['object']],
  },
  {
    name: 'moved',
    question: 'What was moved, copied, flagged or marked?',
    of: isOfCategory('move'),
    line: (fact) => [fact['operation'], subject(fact), fromTo(fact)],
  },
  changes('rules', 'Which rules were changed?', isOfCategory('rule')),
  changes(
    'forwarding',
    'Where is mail forwarded to?',
    `${isOfCategory('forward')} or ${isOfCategory('rule')} and forwards is not null or ${tells('way out')}`,
  ),
  changes('permissions', 'Who was given access?', `${isOfCategory('permission')} or ${tells('role')}`),
  changes('consents', 'Which applications were let in?', isOfCategory('consent')),
  changes('accounts', 'What was changed in accounts?', isOfCategory('account')),
  { ...changes('administration', 'What was administered?', isOfCategory('admin')), first: isTelling },
  {
    name: 'exports',
    question: 'What did administrators’ tools show, take or delete of mailboxes?',
    of: tells('export'),
    line: change,
  },
  { name: 'files', question: 'Which files were used?', of: isOfCategory('file'), line: change },
  { name: 'shared', question: 'What was shared?', of: isOfCategory('share'), line: change },
  { name: 'requests', question: 'What was asked of Microsoft Graph?', of: isOfCategory('request'), line: change },
]

/** What Microsoft's services and the organization's rules suspected; all records of one alert are one. */
export const alertQuestion: FactQuestion = {
  name: 'alerts',
  question: 'Which alerts are there, whoever they are about?',
  of: isOfCategory('alert'),
  line: change,
}

/** What is the marked intruder's beside all that, access in vain and of no said kind too: nobody shall think that the answers above are all of it. */
export const elseQuestion: FactQuestion = {
  name: 'else',
  question: 'What else was done?',
  of: `(category = '${elseCategory}' or category = 'read' and coalesce(detail, '') not in ('bind', 'sync')) and telling is null`,
  line: (fact) => [fact['operation'], fact['subject'] ?? withoutForest(fact['object'])],
}

/** The condition that rows of a scratch table meet which tell of whom is asked for. */
export function isOf(whose: Whose): string {
  return whose === 'intruder' ? "marked = 'intruder'" : 'true'
}

/** What is done in a mailbox, so that there is one where none is named. */
const mailCategories: ReadonlySet<string> = new Set(inMailbox)

/** The facts that answer one question, oldest first; what Microsoft's services did comes behind what people did, and what is only inferred last. */
export function factFindings(scratch: Scratch, { of, first = 'true', line }: FactQuestion, whose: Whose): Found {
  const where = `from fact where (${of}) and ${isOf(whose)}`
  const total = scratch.count(`select 1 ${where}`)
  const inferred = scratch.count(`select 1 ${where} and ${isInferred}`)
  const rows = scratch.query<FactRow>(
    `select * ${where} order by ${isInferred}, ${isServices}, (${first}) desc, rowid limit ${mostFindings[whose]}`,
  )
  return { total, inferred, findings: rows.map((row) => findingOf(row, line(row))) }
}

/** How many of the groups that a `from … group by …` makes are the intruder's by inference alone. */
export function inferredGroups(scratch: Scratch, from: string): number {
  return scratch.count(`select 1 ${from} having ${isAllInferred}`)
}

/** A fact as a line: what, then who and from where. */
export function findingOf(row: FactRow, parts: readonly (string | number | null | undefined)[]): Finding {
  const { at, actor, mailbox, ip, outcome, id, file, row: number } = row
  const isNamed = mailbox !== '' || mailCategories.has(String(row['category']))
  const where = actor === null || !isNamed ? null : `in ${mailboxNamed(String(mailbox))}`
  const who = [actor ?? mailbox, where, ip].filter((part) => part !== null)
  const what = parts.filter((part) => part !== null && part !== undefined && part !== '').join(': ')
  return {
    at: String(at),
    text: `${what}${failedMark(outcome)} (${who.join(', ')})`,
    certainty: surenessOf(row),
    references: [{ id: String(id), file: String(file), row: Number(number) }],
    facts: Object.fromEntries(Object.entries(row).filter(([name]) => !(name in standingColumns))),
  }
}

/** How an address is known is how sure it is whose it was, where no mark says more. */
const methods: Readonly<Record<string, Sureness>> = { recorded: 'record', session: 'session', nearest: 'inferred' }

/** How sure a row is. */
function surenessOf({ certainty, method }: FactRow): Sureness {
  return (certainty as Sureness | undefined) ?? methods[String(method)] ?? null
}
