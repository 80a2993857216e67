import type { CategoryName } from '../../document.ts'
import { withoutForest } from '../changes.ts'
import { isServices } from '../fact.ts'
import type { Scratch } from '../scratch.ts'
import { failedMark, shortId } from '../words.ts'
import { type Finding, mostFindings, type Sureness, type Whose } from './finding.ts'

/** A row of the table of facts. */
type FactRow = Readonly<Record<string, string | number | null>>

/** A question that the facts of one category answer, one by one. */
export interface FactQuestion {
  readonly name: string
  readonly question: string
  readonly category: CategoryName
  /** Which facts of other categories answer it too, in SQL. */
  readonly also?: string
  readonly line: (fact: FactRow) => (string | number | null | undefined)[]
}

const subject = ({ subject, item, mails }: FactRow) =>
  `${subject ?? (item === null ? 'a mail not named' : `a mail with the id ${shortId(String(item))}`)}${Number(mails) > 1 ? ` (${mails} mails)` : ''}`
const change = ({ operation, object, detail }: FactRow) => [operation, withoutForest(object), detail]

/** Roles are administered, and give access to all that they rule: Entra's, and Exchange's such as `ApplicationImpersonation`. */
const isRole = `category = 'admin' and (operation like 'Add %member to role%' and operation not like '%requested%' and
  operation not like '%canceled%' and operation not like '%denied%' or operation like 'Add EligibleRoleAssignment%' or
  operation in ('New-ManagementRoleAssignment', 'Set-ManagementRoleAssignment', 'Add-RoleGroupMember', 'Update-RoleGroupMember',
    'New-RoleGroup', 'Add role assignment to role definition.'))`

/** In the order in which an answer tells them. */
export const factQuestions: readonly FactQuestion[] = [
  {
    name: 'sent',
    question: 'What was sent or drafted?',
    category: 'send',
    line: (fact) => [fact['operation'], subject(fact), fact['detail'] === null ? null : `to ${fact['detail']}`],
  },
  {
    name: 'attachments',
    question: 'Which attachments were opened?',
    category: 'attachment',
    line: (fact) => [fact['object'] ?? fact['operation'], `of ${subject(fact)}`],
  },
  {
    name: 'deleted',
    question: 'What was deleted?',
    category: 'delete',
    line: (fact) => [fact['operation'], subject(fact), fact['object']],
  },
  {
    name: 'moved',
    question: 'What was moved?',
    category: 'move',
    line: (fact) => [fact['operation'], subject(fact), fact['object']],
  },
  { name: 'rules', question: 'Which rules were changed?', category: 'rule', line: change },
  {
    name: 'forwarding',
    question: 'Where is mail forwarded to?',
    category: 'forward',
    also: "category = 'rule' and forwards is not null",
    line: change,
  },
  { name: 'permissions', question: 'Who was given access?', category: 'permission', also: isRole, line: change },
  { name: 'consents', question: 'Which applications were let in?', category: 'consent', line: change },
  { name: 'accounts', question: 'What was changed in accounts?', category: 'account', line: change },
  { name: 'administration', question: 'What was administered?', category: 'admin', line: change },
  { name: 'files', question: 'Which files were used?', category: 'file', line: change },
  { name: 'shared', question: 'What was shared?', category: 'share', line: change },
  { name: 'requests', question: 'What was asked of Microsoft Graph?', category: 'request', line: change },
]

/** The condition that rows of a scratch table meet which tell of whom is asked for. */
export function isOf(whose: Whose): string {
  return whose === 'intruder' ? "marked = 'intruder'" : 'true'
}

/** The facts that answer one question, oldest first; what Microsoft's services did comes behind what people did. */
export function factFindings(
  scratch: Scratch,
  { category, also = 'false', line }: FactQuestion,
  whose: Whose,
): { readonly total: number; readonly findings: Finding[] } {
  const where = `from fact where (category = ? or ${also}) and ${isOf(whose)}`
  const total = scratch.count(`select 1 ${where}`, category)
  const rows = scratch.query<FactRow>(
    `select * ${where} order by ${isServices}, rowid limit ${mostFindings[whose]}`,
    category,
  )
  return { total, findings: rows.map((row) => findingOf(row, line(row))) }
}

/** A fact as a line: what, then who and from where. */
export function findingOf(row: FactRow, parts: readonly (string | number | null | undefined)[]): Finding {
  const { at, actor, mailbox, ip, outcome, id, file, row: number } = row
  const where = actor === null || mailbox === '' ? null : `in ${mailbox}`
  const who = [actor ?? mailbox, where, ip].filter((part) => part !== null)
  const what = parts.filter((part) => part !== null && part !== undefined && part !== '').join(': ')
  return {
    at: String(at),
    text: `${what}${failedMark(outcome)} (${who.join(', ')})`,
    certainty: surenessOf(row),
    references: [{ id: String(id), file: String(file), row: Number(number) }],
    facts: row,
  }
}

/** How an address is known is how sure it is whose it was, where no mark says more. */
const methods: Readonly<Record<string, Sureness>> = { recorded: 'record', session: 'session', nearest: 'inferred' }

/** How sure a row is. */
export function surenessOf({ certainty, method }: FactRow): Sureness {
  return (certainty as Sureness | undefined) ?? methods[String(method)] ?? null
}
