const form = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a text is a GUID. */
export function isGuid(text: string): boolean {
  return form.test(text)
}

/** A GUID as Microsoft's logs nearly always write it, in lower case: its case says nothing. Anything else as it is. */
export function guid(text: string): string {
  return text.length === 36 && form.test(text) ? text.toLowerCase() : text
}
