import { guid, isGuid, isNobodys } from './guid.ts'

const words = 'redacted|removed|masked|withheld|anonymi[sz]ed|sanitized|scrubbed'
const marked = new RegExp(`^[[({<*]*[\\w ,.-]*(?:${words})[\\w ,.-]*[\\])}>*]*$`, 'i')
const blotted = /^[-\s{}<>x*•█#_.]{3,}$|[*•█]{3}/i
const longest = 100

/**
 * Whether an id or a name was taken out before the evidence was handed over, as from public records or for a court: `[REDACTED_ID]`, `<redacted>`,
 * `xxxxxxxx-xxxx-…`, `****`. It stands for many things, so it tells none of them from another.
 */
export function isWithheld(text: string): boolean {
  return text.length <= longest && !isGuid(text) && (marked.test(text) || blotted.test(text))
}

/** An id as `guid` has it; nothing for one that was withheld, or of zeros. */
export function shownId(text: string): string | undefined {
  return isWithheld(text) || isNobodys(text) ? undefined : guid(text)
}
