/** One second, minute, hour and day in milliseconds. */
export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** The case's first moment, a Monday, and the first one after it. */
export const start = Date.parse('2026-01-12T00:00:00Z')
export const days = 30
export const end = start + days * day

/** A moment of the case by its date and time, UTC. */
export function at(text: string): number {
  return Date.parse(`2026-${text}Z`)
}

/** `2026-01-24T06:54:24`: how audit records tell the time, without a zone. */
export function auditTime(time: number): string {
  return new Date(time).toISOString().slice(0, 19)
}

/** `2026-01-24T06:54:24.0000000Z`: seven decimals, as .NET writes them. */
export function sevenDecimals(time: number): string {
  return `${new Date(time).toISOString().slice(0, 23)}0000Z`
}

/** `1/24/2026 6:54:24 AM`, as PowerShell writes it on an American machine. */
export function americanTime(time: number): string {
  const date = new Date(time)
  const hours = date.getUTCHours()
  const [minutes, seconds] = [date.getUTCMinutes(), date.getUTCSeconds()].map((part) => String(part).padStart(2, '0'))
  const calendar = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`
  return `${calendar} ${hours % 12 === 0 ? 12 : hours % 12}:${minutes}:${seconds} ${hours < 12 ? 'AM' : 'PM'}`
}
