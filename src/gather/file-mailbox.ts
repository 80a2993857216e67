import type { CaseStore } from '../case/store.ts'
import { needsOwner, type Owner, ownersOf } from '../sources/files/owners.ts'
import type { SurveyedFile } from '../sources/files/survey.ts'

/** Whose mailbox a file is of, how that was found out, and what speaks against what was said. */
export interface Named {
  readonly mailbox: string
  readonly from?: string
  readonly doubt?: string | undefined
}

/**
 * Whose mailbox it is: nobody's where each record tells its own; whose it was taken for when it was read before, for as another's all of it
 * would be there twice; what was said; or when one name dominates. Else why that cannot be told.
 */
export async function ownerOf(
  file: SurveyedFile,
  { mailbox, store }: { readonly mailbox: string | undefined; readonly store: Pick<CaseStore, 'mailboxesOf'> },
  signal: AbortSignal,
): Promise<Named | string> {
  if (!needsOwner(file)) return { mailbox: '' }
  const said = mailbox?.trim().toLowerCase()
  const known = store.mailboxesOf(file.sha256)
  const [taken] = known
  if (taken !== undefined && said === undefined) return { mailbox: taken }
  if (taken !== undefined && said !== undefined && !known.includes(said))
    return { mailbox: taken, doubt: asTaken(taken) }
  const owners = taken === undefined ? await ownersOf(file, signal) : []
  return said === undefined ? dominantOwner(owners) : { mailbox: said, doubt: doubtOf(said, owners) }
}

function asTaken(mailbox: string): string {
  return `it stays the mailbox of ${mailbox}, for which it was read before: if that is wrong, import it into a new case (--case DIR)`
}

/** Why a name that was said is not the one that logons give. */
function doubtOf(said: string, owners: readonly Owner[]): string | undefined {
  const [first] = owners
  const own = owners.find(({ name }) => name === said)
  if (first === undefined || first === own || (own !== undefined && first.rows * 2 <= first.ofRows)) return undefined
  return `${first.rows} of ${first.ofRows} logons name ${first.name}, and ${own?.rows ?? 'none'} ${said}: if that is wrong, import it into a new case (--case DIR)`
}

const give = 'say whose it is with --mailbox'

function dominantOwner(owners: readonly Owner[]): Named | string {
  const [first, second] = owners
  if (first === undefined) return `no row says whose mailbox this is: ${give}`
  if (first.rows * 2 > first.ofRows) {
    return { mailbox: first.name, from: `${first.rows} of ${first.ofRows} logons name it` }
  }
  return `${owners.length} mailboxes are named, none by most logons (${first.name} ${first.rows}, ${second?.name} ${second?.rows} of ${first.ofRows}): ${give}`
}
