import { openCase } from '../case/store.ts'
import { type Progress, silent } from '../progress.ts'
import type { Step } from './prepare-beside.ts'

// A program of its own, which `prepare-beside.ts` begins: it makes the case that it is given ready for collecting, and tells how far it is.

const [folder = '', delivered] = process.argv.slice(2)
let step: Step = { label: '', done: 0 }
const tell = (next: Step) => {
  step = next
  process.send?.(step)
}
const progress: Progress = {
  ...silent,
  begin: (label, total) => tell({ label, total, done: 0 }),
  update: (done) => tell({ ...step, done }),
}
const store = openCase(folder, { mustExist: true, progress })
try {
  if (delivered !== undefined) store.retention.prepare(progress)
} finally {
  store.close()
}
if (process.connected) process.disconnect()
