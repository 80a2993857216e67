import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from '../progress.ts'

/** A bar on a terminal, gone when the work is done. */
export function terminalProgress(stream: NodeJS.WritableStream): Progress {
  let bar: SingleBar | undefined
  return {
    begin(label, total) {
      const format = total === undefined ? `${label}: {value}` : `${label} {bar} {percentage}% | {eta_formatted} left`
      bar = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: true, fps: 5 }, Presets.shades_classic)
      bar.start(total ?? 0, 0)
    },
    update: (done) => bar?.update(done),
    end: () => bar?.stop(),
  }
}
