/** A GUID, as ids of records, tenants and PowerShell sessions are. */
export const guid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** The beginning of a time, in whatever culture. */
export const time = /^\d{1,4}([./-])\s?\d{1,2}\1\s?\d{1,4}/
