import { type DateOrder, dateOrderIn, mayTellOrder, parseCultureTime } from '../../time/culture-time.ts'
import { parseTime } from '../../time/time.ts'
import { type Framed, framesOf, recordIn, rowsIn, untilBroken } from './framed-rows.ts'
import { csvShapeNamed } from './shapes/index.ts'

/**
 * The file with what its dates have first, by the first one that tells: `5/3/2026` may be of March or of May, but all of a file were
 * written alike, and those of the 13th and later tell. Without such dates it stays as it is. `given` is what somebody knows.
 */
export async function withDates(file: Framed, given: DateOrder | undefined, signal: AbortSignal): Promise<Framed> {
  const { format } = file
  if (!('columns' in format)) return file
  const { times = [], shown = [], timesBeside = [] } = csvShapeNamed(format.shape)
  const beside = format.columns.filter((column) => timesBeside.includes(column))
  if (beside.length > 0 && given !== undefined)
    return { ...file, format: { ...format, dates: { columns: beside, order: given, isBeside: true } } }
  const columns = format.columns.filter((column) => times.includes(column))
  if (columns.length === 0) return file
  const { order, isIso } = await orderIn(file, columns, signal)
  const isShown = !isIso && columns.some((column) => shown.includes(column))
  const told = { ...format, ...(isShown && { isShown }) }
  if (order === undefined) return { ...file, format: told }
  return { ...file, format: { ...told, dates: { columns, order: order === 'either' ? given : order } } }
}

async function orderIn(
  file: Framed,
  columns: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly order: DateOrder | 'either' | undefined; readonly isIso: boolean }> {
  let seen: 'either' | undefined
  let isIso = true
  for await (const block of framesOf(untilBroken(file), file.start, signal)) {
    for (const row of rowsIn(block)) {
      const cells = recordIn(file.format, row)
      const dates = columns.map((column) => cells?.[column] ?? '').filter((cell) => cell !== '')
      isIso &&= dates.every((date) => parseTime(date) !== undefined)
      const areOthers = dates.every((date) => !mayTellOrder(date) && parseCultureTime(date) !== undefined)
      if (dates.length > 0 && areOthers) return { order: seen, isIso } // Its writer writes others.
      for (const date of dates) {
        const order = dateOrderIn(date)
        if (order !== undefined && order !== 'either') return { order, isIso }
        seen ??= order
      }
    }
  }
  return { order: seen, isIso }
}
