import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

/** Something that does one kind of work, a task at a time or many at once. */
export interface Crew<Task, Result> {
  run(task: Task): Promise<Result>
  close(): Promise<void>
}

// A worker's own heap; what it holds at a time is a few blocks, and without a bound V8 lets garbage pile up.
const resourceLimits = { maxOldGenerationSizeMb: 40, maxYoungGenerationSizeMb: 16 }

/** What of a task or a result changes hands instead of being copied: whoever sends it has it no more. */
export type Transfers<Value> = (value: Value) => ArrayBuffer[]

/** Workers of the module at `url`, which must call `serve`; each task goes to the one with the least to do. */
export function threads<Task, Result>(
  url: URL,
  size: number,
  data: unknown,
  transfers: Transfers<Task> = () => [],
): Crew<Task, Result> {
  const workers = Array.from({ length: size }, () => startWorker<Task, Result>(url, data, transfers))
  return {
    run: (task) => workers.reduce((idlest, next) => (next.open() < idlest.open() ? next : idlest)).run(task),
    close: async () => void (await Promise.all(workers.map((worker) => worker.close()))),
  }
}

/** The same work, done here: for what is too little to start threads for. */
export function inline<Task, Result>(work: (task: Task) => Result): Crew<Task, Result> {
  return { run: async (task) => work(task), close: async () => {} }
}

/** Answers tasks in a worker. `begin` gets what the crew was made with. */
export function serve<Data, Task, Result>(
  begin: (data: Data) => (task: Task) => Result,
  transfers: Transfers<Result> = () => [],
): void {
  if (isMainThread || parentPort === null) throw new TypeError('serve is for workers')
  const port = parentPort
  const work = begin(workerData as Data)
  port.on('message', (task: Task) => {
    try {
      const result = work(task)
      port.postMessage({ result }, transfers(result))
    } catch (error) {
      port.postMessage({ error })
    }
  })
}

interface Pending<Result> {
  resolve(result: Result): void
  reject(error: unknown): void
}

function startWorker<Task, Result>(url: URL, data: unknown, transfers: Transfers<Task>) {
  const worker = new Worker(url, { workerData: data, resourceLimits })
  const pending: Pending<Result>[] = [] // Answers come in the order of the tasks.
  let broken: unknown
  const fail = (error: unknown) => {
    broken = error
    for (const { reject } of pending.splice(0)) reject(error)
  }
  worker.on('message', (answer: { result: Result } | { error: unknown }) => {
    const first = pending.shift()
    if ('error' in answer) first?.reject(answer.error)
    else first?.resolve(answer.result)
  })
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`a worker ended with code ${code}`)))
  return {
    open: () => pending.length,
    run: (task: Task) =>
      new Promise<Result>((resolve, reject) => {
        if (broken !== undefined) return reject(broken)
        pending.push({ resolve, reject })
        worker.postMessage(task, transfers(task))
      }),
    close: async () => void (await worker.terminate()),
  }
}
