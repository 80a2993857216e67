import type { UserNames } from '../case/user-names.ts'
import type { EcsDocument } from '../document.ts'
import { isGuid } from '../guid.ts'
import { isOnMailbox, objectIdIn } from '../microsoft/mailbox-cmdlets.ts'

/**
 * Calls whoever a document names by an id in Entra alone by the name that others tell of it: who did it, whom it was done to, who was given a permission,
 * and whom mail is sent on to.
 */
export function nameUsers(names: UserNames, document: EcsDocument, mailbox: string): void {
  nameUser(names, document, mailbox)
  nameTarget(names, document)
  nameGrantee(names, document)
  nameForwardedTo(names, document)
}

/** The ids by which a document names others than its user, before `nameUsers` puts names in their place: it changes when they come to be called otherwise. */
export function idsNamed(document: EcsDocument): readonly string[] {
  const named = [document['user.target.id'], document['hoofprint.grantee'], ...(forwardedTo(document) ?? [])]
  return named.map((name) => objectIdIn(name ?? '')).filter((id) => id !== undefined)
}

const forwarding: ReadonlySet<string> = new Set(['rule', 'forward'])

function forwardedTo(document: EcsDocument): readonly string[] | undefined {
  return forwarding.has(document['hoofprint.category']) ? document['email.to.address'] : undefined
}

/**
 * Calls the user whom the record names by the id in Entra alone by the name that others tell, so that he and his mailbox are not two. Logons are joined
 * before that, by the id: whatever a later logon changes is looked up by what the case keeps.
 */
function nameUser(names: UserNames, document: EcsDocument, mailbox: string): void {
  const name = isGuid(mailbox) ? names.of(mailbox) : undefined
  if (name === undefined) return
  document['hoofprint.mailbox'] = name
  addRelated(document, name)
  if (document['user.id']?.toLowerCase() !== mailbox || document['user.email'] !== undefined) return
  const [local, domain] = name.split('@')
  document['user.email'] = name
  document['user.name'] = local
  document['user.domain'] = domain
}

/**
 * Calls whom something was done to by the name that others tell of his id. A cmdlet on a mailbox that is named so is on his; where nobody tells whose
 * the id is, the mailbox stays that of who ran it.
 */
function nameTarget(names: UserNames, document: EcsDocument): void {
  const id = document['user.target.id']
  if (id === undefined || document['user.target.email'] !== undefined || !isGuid(id)) return
  const name = names.of(id.toLowerCase())
  if (name === undefined) return
  const [local, domain] = name.split('@')
  addRelated(document, name)
  if (isOnMailbox(document['event.action'])) document['hoofprint.mailbox'] = name
  if (name === document['user.email']) return
  document['user.target.email'] = name
  document['user.target.name'] = local
  document['user.target.domain'] = domain
}

/** Calls who was given a permission by the name that others tell of his id. */
function nameGrantee(names: UserNames, document: EcsDocument): void {
  const id = objectIdIn(document['hoofprint.grantee'] ?? '')
  const name = id === undefined ? undefined : names.of(id)
  if (name === undefined) return
  document['hoofprint.grantee'] = name
  addRelated(document, name)
}

/** Calls whom mail is sent on to by the name that others tell of his id; in words beside it. */
function nameForwardedTo(names: UserNames, document: EcsDocument): void {
  const told = forwardedTo(document)
  if (told === undefined) return
  const named = new Map(told.map((one) => [one, names.of(objectIdIn(one) ?? '')]))
  for (const [one, name] of named) {
    if (name === undefined) continue
    addRelated(document, name)
    const summary = document['hoofprint.rule.summary']
    if (summary !== undefined) document['hoofprint.rule.summary'] = summary.replaceAll(one, () => `${name} (${one})`)
  }
  document['email.to.address'] = [...new Set(told.map((one) => named.get(one) ?? one))]
}

function addRelated(document: EcsDocument, name: string): void {
  const related = document['related.user']
  if (related !== undefined && !related.includes(name)) document['related.user'] = [...related, name]
}
