import { applicationAnswers, letInByOwners } from '../application-answers.ts'
import {
  applicationConsents,
  applicationDid,
  applicationLabel,
  applicationMailboxes,
  letInByOwnersText,
} from '../application-words.ts'
import { copilotByUser, copilotUses } from '../copilot.ts'
import type { Scratch } from '../scratch.ts'
import { followed, isTypedRow } from '../search-steps.ts'
import { isAllInferred, isInferred, surenesses, surest } from '../sureness.ts'
import { countOf, few, mailboxNamed, minute, number, shortened } from '../words.ts'
import { findingOf, inferredGroups, isOf } from './fact-findings.ts'
import { type Finding, type Found, mostFindings, type Sureness, type Whose } from './finding.ts'

interface MailRow {
  readonly mailbox: string
  readonly item: string
  readonly subject: string | null
  readonly sender: string | null
  readonly access: string | null
  readonly times: number
  readonly at: string
  readonly last: string
  /** From where, with commas between. */
  readonly ips: string | null
  /** Who read it, as a list in JSON. */
  readonly users: string
  readonly ids: string
  readonly sure: number
  /** How often it is only inferred whose that was, and from when to when it is more than that. */
  readonly inferred: number
  readonly sureIds: string
  readonly sureAt: string | null
  readonly sureLast: string | null
}

interface FolderRow extends Omit<MailRow, 'item' | 'subject' | 'sender' | 'access'> {
  readonly folder: string | null
}

const gathered = `count(*) as times, min(at) as at, max(at) as last, group_concat(distinct ip) as ips,
  json_group_array(distinct lower(coalesce(actor, mailbox))) as users, json_group_array(distinct id) as ids, ${surest},
  sum(${isInferred}) as inferred, min(at) filter (where not ${isInferred}) as sureAt, max(at) filter (where not ${isInferred}) as sureLast,
  json_group_array(distinct id) filter (where not ${isInferred}) as sureIds`

/**
 * The mails that were opened or fetched, each once; those that only services fetched come behind, then those that are only inferred, and last, mailbox by mailbox, what records
 * that name no mail tell: it stands in a list that the export lost, or nowhere.
 */
export function mailFindings(scratch: Scratch, whose: Whose): Found {
  const from = `from reading where displayed and ${isOf(whose)} group by mailbox, item`
  const rows = scratch.query<MailRow>(`select mailbox, item, max(subject) as subject, max(sender) as sender,
    max(access) as access, ${gathered} ${from}
    order by item = '', item <> '' and min(method is 'service'), ${isAllInferred}, at limit ${mostFindings[whose]}`)
  const findings = rows.map((row) => {
    const how = row.access === 'bind' ? 'accessed' : 'displayed'
    return readFinding(row, `${nameOf(row)}: ${how} ${howOften(row)} ${byWhom(row)}`)
  })
  return { total: scratch.count(`select 1 ${from}`), inferred: inferredGroups(scratch, from), findings }
}

/** How often, and where a line has both, how often it is only inferred whose doing that was, and when it is more than that. */
function howOften({
  times,
  inferred,
  sureAt,
  sureLast,
}: Pick<MailRow, 'times' | 'inferred' | 'sureAt' | 'sureLast'>): string {
  const all = countOf(times, 'time')
  if (inferred === 0 || sureAt === null || sureLast === null) return all
  const others = sureAt === sureLast ? minute(sureAt) : `${minute(sureAt)} – ${minute(sureLast)}`
  return `${all}, ${number(inferred)} of these only inferred, the rest ${others}`
}

function nameOf({ item, subject, sender }: MailRow): string {
  if (item === '') return 'mails that the records do not name'
  return `${subject ?? `subject unknown, id ${item}`}${sender === null ? '' : ` from ${sender}`}`
}

/** Folders that were copied whole. */
export function folderFindings(scratch: Scratch, whose: Whose): Found {
  const from = `from fact where category = 'read' and detail = 'sync' and ${isOf(whose)} group by mailbox, object`
  const rows = scratch.query<FolderRow>(
    `select mailbox, object as folder, ${gathered} ${from} order by ${isAllInferred}, at limit ${mostFindings[whose]}`,
  )
  const findings = rows.map((row) => {
    const folder = `${row.folder ?? 'a folder not named'} of ${mailboxNamed(row.mailbox)}`
    return readFinding(row, `assume all mail in ${folder}: synchronized ${howOften(row)} ${byWhom(row)}`)
  })
  return { total: scratch.count(`select 1 ${from}`), inferred: inferredGroups(scratch, from), findings }
}

/** Addresses that a line names: the others are among its facts. */
const namedAddresses = 3

/** Who read it, in whose mailbox unless that is his own, and from where. */
function byWhom({ mailbox, users, ips }: Pick<MailRow, 'mailbox' | 'users' | 'ips'>): string {
  const names: readonly string[] = JSON.parse(users)
  const isOwners = names.length === 1 && names[0] === mailbox
  const who = isOwners ? [mailbox] : [names.join(' and '), `in ${mailboxNamed(mailbox)}`]
  const addresses = ips === null ? 'no address' : few(ips.split(','), namedAddresses)
  return `(${[...who, addresses].join(', ')})`
}

function readFinding(row: MailRow | FolderRow, text: string): Finding {
  const { ids, sureIds, users: _, sure: strength, inferred, sureAt: __, sureLast: ___, ...facts } = row
  // What is more than inferred proves the line, so it stands first.
  const all: readonly string[] =
    inferred === 0 ? JSON.parse(ids) : [...new Set([...JSON.parse(sureIds), ...JSON.parse(ids)])]
  const certainty = surenesses[strength] ?? null
  return { at: row.at, last: row.last, text, certainty, references: all.map((id) => ({ id })), facts }
}

// An id of an application stands in the record itself, so that without marks what it did is as sure as can be.
const ofApplications: readonly Sureness[] = ['record', 'session', 'inferred', 'record']

/** The applications that had access to mail; with marks only those of the intruder's, and who let them in, whoever that was. */
export function applicationFindings(scratch: Scratch, whose: Whose): Found {
  const { total, rows } = applicationAnswers(scratch, { limit: mostFindings[whose], where: isOf(whose) })
  const findings = rows.map((answer): Finding => {
    const { sure, id, ...facts } = answer
    const activities = countOf(answer.activities, 'activity', 'activities')
    const did = answer.activities === 0 ? undefined : (applicationDid(answer) ?? `${activities} that name no mail`)
    const where = answer.mailboxTotal === 0 ? '' : ` in ${applicationMailboxes(answer)}`
    const parts = [did === undefined ? undefined : `${did}${where}`, applicationConsents(answer)]
    return {
      at: answer.first,
      last: answer.last,
      text: `${applicationLabel(answer)}: ${parts.filter((part) => part !== undefined).join('; ')}`,
      certainty: ofApplications[sure] ?? null,
      references: [{ id }],
      facts,
    }
  })
  return { total, findings }
}

const mostLetIn = 10

/** Which of the marked intruder's applications were let in by others than him. */
export function letInTexts(scratch: Scratch): string[] {
  return letInByOwners(scratch, mostLetIn).map(letInByOwnersText)
}

const named = 3

/** Who had Copilot answer from where, and what it named as read for that. */
export function copilotFindings(scratch: Scratch, whose: Whose): Found {
  const uses = copilotByUser(scratch, { limit: mostFindings[whose], where: isOf(whose) })
  const findings = uses.map(({ ids, sure, ...facts }): Finding => {
    const { user, ip, interactions, resources, hosts, at, last } = facts
    const where = hosts.length === 0 ? '' : ` in ${hosts.join(', ')}`
    const more = resources.length > named ? ' …' : ''
    const first = resources.slice(0, named).map((name) => shortened(name, 40))
    const names = first.length === 0 ? '' : `: ${first.join(', ')}${more}`
    return {
      at,
      last,
      text: `${user} from ${ip ?? 'no address'}: ${countOf(interactions, 'interaction')}${where}, naming ${countOf(resources.length, 'resource')}${names}`,
      certainty: surenesses[sure] ?? null,
      references: ids.map((id) => ({ id })),
      facts,
    }
  })
  return { total: copilotUses(scratch, isOf(whose)), findings }
}

/** What was searched for, each with what was read within ten minutes. */
export function searchFindings(scratch: Scratch, whose: Whose): Found {
  const from = `from search join fact on fact.rowid = search.place where ${isOf(whose)}`
  const total = scratch.count(`select 1 ${from}`)
  const inferred = scratch.count(`select 1 ${from} and ${isInferred}`)
  const rows = scratch.query<Readonly<Record<string, string | number | null>>>(
    `select fact.*, detail as query, search.typed, ${followed.mails} as read,
    ${followed.subjects} as subjects ${from} order by ${isInferred}, place limit ${mostFindings[whose]}`,
  )
  const findings = rows.map((row) => {
    const { query, operation, object, read } = row
    const followed = Number(read) === 0 ? null : `${countOf(Number(read), 'mail')} read within ten minutes`
    const finding = findingOf(row, [
      query === null ? `${operation}, in words that were not recorded` : `"${query}"`,
      object === null ? null : `${query === null ? '' : `${operation} `}through ${object}`,
      followed,
    ])
    return isTypedRow(row) ? { ...finding, text: `typed, not sent: ${finding.text}` } : finding
  })
  return { total, inferred, findings }
}
