/** A GUID, as ids of records, tenants and PowerShell sessions are. */
export const guid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** The beginning of a time, in whatever culture: numbers, or the month by a name in front or behind the day. */
export const time =
  /^(?:\d{1,4}([./-])\s?\d{1,2}\1\s?\d{1,4}|\p{L}{3,12}\.? \d{1,2},? \d{4},? \d|\d{1,2}\.? (?:de )?\p{L}{3,12}\.?,? (?:de )?\d{4})/u

/** The beginning of a time all in numbers, with the hour, as PowerShell's Export-Csv writes it in most cultures; or as JSON. */
export const numericTime = /^"?\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]\d/
