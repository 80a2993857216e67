import type { EcsDocument } from '../document.ts'
import { valueText } from '../value-text.ts'
import { accountOf, modifiedText } from './changes.ts'
import { isTrue, parametersOf } from './said.ts'

type Reader = (document: EcsDocument) => string | undefined

/** An operation, by how its name begins in small letters, whose account it changes, and which property with which new value tells it from others of that name. */
type Lock = readonly [operation: RegExp, account: Reader, property?: string, value?: RegExp]

/** On whose mailbox a cmdlet was. */
const mailboxOf: Reader = (document) => document['hoofprint.mailbox']

// The audit log has a dot behind Entra's names. To have to change a password at the next sign-in keeps nobody out who knows it.
// Sources: "Microsoft Entra audit log categories and activities", Microsoft's pages of these cmdlets.
/** What sets another password, or closes the account. */
const locks: readonly Lock[] = [
  [/^(?:reset|change) (?:user )?password/, accountOf],
  [/^update passwordprofile/, accountOf],
  [/^(?:disable account|(?:hard )?delete user)/, accountOf],
  [/^update user\.?$/, accountOf, 'AccountEnabled', /false/i],
  [/^set-(?:user|mailbox)$/, mailboxOf, 'AccountDisabled', isTrue],
  [/^set-mailbox$/, mailboxOf, 'Password', /./],
  [/^remove-mailbox$/, mailboxOf],
]

/** What only ends tokens: who knows the password gets others. */
const tokenEnds: readonly Lock[] = [
  [/^update stsrefreshtokenvalidfrom/, accountOf],
  [/^update user\.?$/, accountOf, 'StsRefreshTokensValidFrom', /\d/],
]

/** What Entra puts before the name of an account that it deletes: its id. */
const deleted = /^[\da-f]{32}(?=.+@)/

/** Out of which account a change keeps people who had got in, in small letters: its password is another one, its tokens count no more, or it is closed. */
export const keptOutOf: Reader = (document) => {
  const lock = lockIn(locks, document) ?? lockIn(tokenEnds, document)
  return lock?.[1](document)?.toLowerCase().replace(deleted, '')
}

/** 1 where that keeps nobody out who knows the password. */
export const endsTokensOnly = (document: EcsDocument): 1 | undefined =>
  lockIn(locks, document) === undefined && lockIn(tokenEnds, document) !== undefined ? 1 : undefined

function lockIn(some: readonly Lock[], document: EcsDocument): Lock | undefined {
  const operation = document['event.action'].toLowerCase()
  return some.find(
    ([name, , property, value]) =>
      name.test(operation) && (property === undefined || value?.test(newValue(document, property) ?? '') === true),
  )
}

function newValue(document: EcsDocument, property: string): string | undefined {
  return valueText(parametersOf(document)[property]) ?? modifiedText(document, property)
}
