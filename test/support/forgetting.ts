import { openCase } from '#src/case/store.ts'

/** Forgets what was delivered up to then, as a process of its own. */
const [folder = '', events = '', joined = ''] = process.argv.slice(2)
const store = openCase(folder)
for (const _ of store.retention.forget({ events: new Date(events), joined: new Date(joined) }));
store.close()
