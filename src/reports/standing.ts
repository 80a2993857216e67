import type { CategoryName, EcsDocument } from '../document.ts'
import { lettingOf, takesBack } from '../microsoft/letting-in.ts'
import { objectIdIn } from '../microsoft/mailbox-cmdlets.ts'
import { valueText } from '../value-text.ts'
import { grantee } from './changes.ts'
import { endsTokensOnly, keptOutOf } from './keeping-out.ts'
import { auditMap, auditText } from './raw.ts'
import { actorOf, parametersOf } from './said.ts'
import type { ScratchColumns } from './scratch-columns.ts'
import { mailboxNamed } from './words.ts'

type Reader<Said = string | undefined> = (document: EcsDocument) => Said

/** What tells a change from others of what has the same name: in whose mailbox a rule is, whom a permission is for, which role it is. */
const besideOf: Reader = (document) => {
  const category = document['hoofprint.category']
  // Rules of the whole tenant are in no mailbox, whoever makes them.
  if (category === 'rule') return mailboxRule.test(document['event.action']) ? document['hoofprint.mailbox'] : undefined
  const whom = category === 'permission' || category === 'admin' ? (grantee(document) ?? roleOf(document)) : undefined
  // Outlook names a folder by its path alone.
  return inFolder.test(document['event.action'])
    ? `${whom ?? 'somebody not named'} in ${mailboxNamed(document['hoofprint.mailbox'] ?? '')}`
    : whom
}

const mailboxRule = /inboxrule|sweeprule/i
const inFolder = /^\w+FolderPermissions$/i

/**
 * How Exchange calls the mailbox that its cmdlet changed, whatever somebody typed for it: who forwards `mara@contoso.example` may be stopped at `mara`.
 * Nothing of what has one name only.
 */
const calledOf: Reader = (document) =>
  ofMailboxes.has(document['hoofprint.category']) ? auditText(document, 'ObjectId') : undefined

const ofMailboxes: ReadonlySet<CategoryName> = new Set(['forward', 'permission'])

/**
 * In whose mailbox a rule, a forwarding or a permission is. Of a cmdlet that names another by no address (`-Identity bob`) the record's mailbox is that of who
 * ran it: then the name.
 */
const inMailboxOf: Reader = (document) => {
  const category = document['hoofprint.category']
  const isRule = category === 'rule' && mailboxRule.test(document['event.action'])
  if (!isRule && !ofMailboxes.has(category)) return undefined
  const mailbox = document['hoofprint.mailbox'] ?? ''
  if (actorOf(document) !== undefined) return mailbox
  const { Identity, Mailbox } = parametersOf(document)
  const told = isRule ? [valueText(Mailbox)] : [valueText(Identity), calledOf(document)]
  const names = told.flatMap((name) => (name === undefined ? [] : [name.toLowerCase().replace(/^.*\//, '')]))
  const [own] = mailbox.split('@')
  const isOwn = names.some((name) => name === own || name.includes('@') || objectIdIn(name) !== undefined)
  return isOwn ? mailbox : (names[0] ?? mailbox)
}

/** Whether it takes back what was done, as the record says: `undefined` where it does not. */
const takenBack: Reader<1 | undefined> = (document) => {
  const operation = document['event.action']
  if (document['hoofprint.category'] === 'consent')
    return lettingOf(operation, auditMap(document, 'ModifiedProperties')) === 'back' ? 1 : undefined
  return takesBack(operation) || ends.test(document['hoofprint.rule.summary'] ?? '') ? 1 : undefined
}

/** How the sentence of a rule or of forwarding begins that is there no more, where its operation does not say so: Outlook's have one for all. */
const ends = /^(?:removes the rule|no longer forwards mail)/

/**
 * Which of several things that one account or person may be given: who loses FullAccess may keep SendAs, and who loses a method of sign-in
 * keeps the password. What gives and what takes it have the same.
 */
const partOf: Reader = (document) => {
  const operation = document['event.action'].toLowerCase()
  const category = document['hoofprint.category']
  if (category === 'permission') return operation.slice(operation.indexOf('-') + 1).replace(verbs, '')
  return category === 'account' ? operation.replaceAll(verbs, '').trim() : ''
}

const verbs =
  /^(?:user|admin) (?=registered|deleted|updated)|\b(?:un)?(?:registered?|deleted?|updated|enable|disable|add|remove)\b|^(?:add|remove)/g

/** Of a role that is given the new name, of one that is taken the old one. */
function roleOf(document: EcsDocument): string | undefined {
  const role = auditMap(document, 'ModifiedProperties')['Role_DisplayName']
  if (typeof role !== 'object' || role === null || Array.isArray(role)) return undefined
  const told = [role['NewValue'], role['OldValue']].map((name) => String(name ?? '').replaceAll('"', ''))
  return told.find((name) => name !== '')
}

/**
 * By what changes are told to be of the same thing: what else its object is called, what tells it from others of that name, in whose mailbox, which part of it, and whether it
 * takes back; and out of which account it keeps people, and whether only until these sign in again. They are for comparing alone, and no facts of an answer.
 */
export const standingColumns = {
  called: calledOf,
  beside: besideOf,
  inMailbox: inMailboxOf,
  part: partOf,
  back: takenBack,
  keptOutOf,
  endsTokensOnly,
} satisfies ScratchColumns
