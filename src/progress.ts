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

/** Does `work` with each of some things, one after the other, and shows how many are done. */
export function inSteps<Thing>(
  progress: Progress,
  label: string,
  things: readonly Thing[],
  work: (thing: Thing, i: number) => void,
): void {
  progress.begin(label, things.length)
  try {
    for (const [i, thing] of things.entries()) {
      work(thing, i)
      progress.update(i + 1)
    }
  } finally {
    progress.end()
  }
}

/** Shows nothing. */
export const silent: Progress = { begin() {}, update() {}, clear() {}, end() {} }

/** Tells a log when something that takes its time begins: where nobody looks at a terminal, a start that takes minutes looks like one that hangs. */
export function loggedProgress(log: Pick<Log, 'info'>): Progress {
  return { ...silent, begin: (label) => log.info({}, label) }
}
