import type { Progress } from '../progress.ts'

/** Where progress is shown: a terminal, which says how wide it is, or 0. */
interface Terminal {
  write(text: string): unknown
  readonly columns?: number
}

const redrawnMs = 200
const widestBar = 40
/** Takes the line away that the cursor is in. */
const wipe = '\r\u001b[K'

/**
 * A bar on a terminal, gone when the work is done and while something else is printed. It is one line that is shorter than the terminal is wide: no
 * place is remembered, for what is printed meanwhile scrolls, and nothing is left behind that would cut or cover what others print.
 */
export function terminalProgress(terminal: Terminal, now: () => number = Date.now): Progress {
  let work = { label: '', total: undefined as number | undefined, begun: 0 }
  let drawn: number | undefined

  function draw(done: number): void {
    drawn = now()
    const width = (terminal.columns || 80) - 1
    terminal.write(`${wipe}${lineOf({ ...work, done, elapsedMs: drawn - work.begun }, width)}`)
  }

  function clear(): void {
    if (drawn !== undefined) terminal.write(wipe)
    drawn = undefined
  }

  return {
    begin(label, total) {
      work = { label, total, begun: now() }
      draw(0)
    },
    update(done) {
      if (drawn === undefined || now() - drawn >= redrawnMs) draw(done)
    },
    clear,
    end: clear,
  }
}

interface Shown {
  readonly label: string
  readonly total: number | undefined
  readonly done: number
  readonly elapsedMs: number
}

function lineOf({ label, total, done, elapsedMs }: Shown, width: number): string {
  if (total === undefined) return `${label}: ${done}`.slice(0, width)
  const part = total === 0 ? 1 : Math.min(1, done / total)
  const left = part === 0 ? '' : ` | ${duration((elapsedMs / part) * (1 - part))} left`
  const figures = ` ${Math.floor(part * 100)}%${left}`
  const room = Math.min(widestBar, width - label.length - 1 - figures.length)
  const full = Math.round(Math.max(0, room) * part)
  const bar = room < 4 ? '' : ` ${'█'.repeat(full)}${'░'.repeat(room - full)}`
  return `${label}${bar}${figures}`.slice(0, width).trimEnd()
}

/** `50s`, `4m`, `2h10m`: what is estimated is not told to the second. */
function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 100) return `${seconds}s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes}m` : `${Math.floor(minutes / 60)}h${minutes % 60}m`
}
