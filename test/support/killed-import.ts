import { openCase } from '#src/case/store.ts'
import { importFile } from './case.ts'

/** Imports a file as a process of its own, and dies in the middle without a word. */
const [folder = '', path = '', blocks = ''] = process.argv.slice(2)
const store = openCase(folder)
store.beginBulk()
await importFile(store, path, {
  chunkBytes: 100, // Blocks of a row or two.
  onBlock: (done) => {
    if (done === Number(blocks)) process.kill(process.pid, 'SIGKILL')
  },
})
