const form = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a text is a GUID. */
export function isGuid(text: string): boolean {
  return form.test(text)
}

/** Whether a GUID is that of zeros, which stands for nobody and for no application. */
export function isNobodys(id: string): boolean {
  return /^[0-]+$/.test(id)
}

// `106830890_20893_699e0b10-1c53-403e-976f-ce0847a92b44`: seen beside the same record of OfficeActivity (OTRF Security-Datasets, GoldenSAML).
const report = /^\d+_\d+_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/** The id of the audit record that Defender's ReportId names, behind the numbers of a tenant and an application. Anything else as it is. */
export function auditId(text: string): string {
  return report.exec(text)?.[1] ?? text
}

/** A GUID as Microsoft's logs nearly always write it, in lower case: its case says nothing. Anything else as it is. */
export function guid(text: string): string {
  return text.length === 36 && form.test(text) ? text.toLowerCase() : text
}

/** A GUID with its hyphens, in lower case, whether or not it was written with them. Anything else as it is. */
export function hyphenated(text: string): string {
  const bare = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i.exec(text)
  return bare === null ? guid(text) : bare.slice(1).join('-').toLowerCase()
}
