import { guid, isNobodys } from './guid.ts'

const words = 'redacted|removed|masked|withheld|anonymi[sz]ed|sanitized|scrubbed'
const marked = new RegExp(`^[[({<*]*[\\w ,.-]*(?:${words})[\\w ,.-]*[\\])}>*]*$`, 'i')
/** `[REDACTED]@contoso.example`: the rest is of many. An address may hold such a word without brackets. */
const inBrackets = new RegExp(`[[{<][\\w ,.-]*(?:${words})[\\w ,.-]*[\\]}>]`, 'i')
const blotted = /^[-\s{}<>x*•█#_.]{3,}$|\*{3}|█{2}/i
/** `8b236c9f-xxxx-…`: what is left of a GUID many may have. */
const blottedGuid = /^(?=.*[x*•█#])[\da-fx*•█#]{8}(?:-[\da-fx*•█#]{4}){3}-[\da-fx*•█#]{12}$/i
const all = [marked, inBrackets, blotted, blottedGuid]
// Nearly all texts are as they were, and have none of these: to look for the forms takes ten times as long.
const mayBe = /[[{*#\u0080-\uffff]|[xX]{2}|^(?:[-(]|<[^@]*$|<\w+>|[rR][eE]|[mM][aA]|[wW][iI]|[aA][nN]|[sS][aAcC])/
const longest = 100

/**
 * Whether an id or a name was taken out, or a part of it, before the evidence was handed over, as from public records or for a court: `[REDACTED_ID]`,
 * `<redacted>`, `xxxxxxxx-xxxx-…`, `****`. It stands for many things, so it tells none of them from another.
 */
export function isWithheld(text: string): boolean {
  return text.length <= longest && mayBe.test(text) && all.some((form) => form.test(text))
}

/** An id as `guid` has it; nothing for one that was withheld, or of zeros. */
export function shownId(text: string): string | undefined {
  return isWithheld(text) || isNobodys(text) ? undefined : guid(text)
}
