import type { Log } from './deps.ts'

/** Shows how long work goes on. A terminal gets a bar, a log gets lines. */
export interface Progress {
  /** Without a total it is not known yet, and what is done is counted. */
  begin(label: string, total?: number): void
  /** `done` of `total`, in whatever unit. */
  update(done: number): void
  /** Makes room for what is printed beside it; the next `update` shows it again. */
  clear(): void
  end(): void
}

/** Shows nothing. */
export const silent: Progress = { begin() {}, update() {}, clear() {}, end() {} }

/** Tells a log when something that takes its time begins: where nobody looks at a terminal, a start that takes minutes looks like one that hangs. */
export function loggedProgress(log: Pick<Log, 'info'>): Progress {
  return { ...silent, begin: (label) => log.info({}, label) }
}
