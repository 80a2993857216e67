import { isObject, type Json } from '../activity.ts'
import { remember } from '../remember.ts'
import { valueText } from '../value-text.ts'

/** How the names of what takes something back begin, in small letters: Entra's, and Exchange's cmdlets. */
const takingBack = [
  'remove',
  'revoke',
  'delete',
  'hard delete',
  'disable',
  'unregister',
  'user deleted',
  'admin deleted',
] as const

/** What changes an application, or how it is shown, and gives it nothing by its name alone. All else of the category lets it in, or gives it more. */
const neither: ReadonlySet<string> = new Set([
  ...['update service principal', 'update application', 'set-serviceprincipal', 'set-app'],
  ...['set verified publisher', 'unset verified publisher'],
])

/** Of each event that is listed it is asked, and there are some hundred operations. */
const remembered = 1_000

/** Whether an operation takes something back, by its name alone: SharePoint's have that in their middle (`SiteCollectionAdminRemoved`). */
export const takesBack = remember(remembered, (operation: string): boolean => {
  const name = operation.trim().toLowerCase()
  return takingBack.some((beginning) => name.startsWith(beginning)) || /[a-z]Removed/.test(operation)
})

/** What was changed about letting an application in: it was let in or given something, or that was taken back, if only in part. */
export type Letting = 'in' | 'back'

/**
 * What an operation of the category does, of whose record `modified` is the map of its `ModifiedProperties`: nobody can sign in to an application
 * whose account is no longer enabled, which is how Entra's "Enabled for users to sign in?" is logged (Microsoft: Disable user sign-in for an application).
 */
export function lettingOf(operation: string, modified: Json | undefined): Letting | undefined {
  const name = operation.trim().replace(/\.$/, '').toLowerCase()
  if (takesBack(operation)) return 'back'
  if (!neither.has(name)) return 'in'
  const enabled = isObject(modified) ? modified['AccountEnabled'] : undefined
  const now = isObject(enabled) ? valueText(enabled['NewValue']) : undefined
  if (now === undefined) return undefined
  return /true/i.test(now) ? 'in' : 'back'
}
