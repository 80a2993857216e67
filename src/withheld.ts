import { guid, isNobodys } from './guid.ts'

const words = 'redacted|removed|masked|withheld|anonymi[sz]ed|sanitized|scrubbed'
const marked = new RegExp(`^[[({<*]*[\\w ,.-]*(?:${words})[\\w ,.-]*[\\])}>*]*$`, 'i')
const blotted = /^[-\s{}<>x*•█#_.]{3,}$/i
// Nearly all texts are as they were, and are known by their first letter: looking at all of each takes ten times as long.
const mayBe = new RegExp(`^(?:[[({*•█#-]|<[^@]*$|xx|${words})`, 'i')
const longest = 100

/**
 * Whether an id or a name was taken out before the evidence was handed over, as from public records or for a court: `[REDACTED_ID]`, `<redacted>`,
 * `xxxxxxxx-xxxx-…`, `****`. It stands for many things, so it tells none of them from another.
 */
export function isWithheld(text: string): boolean {
  if (text.length > longest) return false
  return text.includes('***') || (mayBe.test(text) && (marked.test(text) || blotted.test(text)))
}

/** An id as `guid` has it; nothing for one that was withheld, or of zeros. */
export function shownId(text: string): string | undefined {
  return isWithheld(text) || isNobodys(text) ? undefined : guid(text)
}
