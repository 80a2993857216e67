import { getHeapStatistics } from 'node:v8'
import { isMainThread, parentPort, type ResourceLimits, Worker, workerData } from 'node:worker_threads'
import { codeOf } from './errors.ts'

/** Something that does one kind of work, a task at a time or many at once. */
export interface Crew<Task, Result> {
  run(task: Task): Promise<Result>
  close(): Promise<void>
}

// A worker's own heap; what it holds at a time is a few blocks, and without a bound V8 lets garbage pile up.
const usual = { maxOldGenerationSizeMb: 40, maxYoungGenerationSizeMb: 16 }
/** A record of 16 MB of JSON becomes hundreds of megabytes of objects, and several may stand together. */
const roomy = { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 16 }

/** What of a task or a result changes hands instead of being copied: whoever sends it has it no more. */
export type Transfers<Value> = (value: Value) => ArrayBuffer[]

/** How tasks are handed to workers. */
export interface Handing<Task> {
  readonly transfers?: Transfers<Task>
  /** Whether a task is one for the worker that has a lot of memory. */
  readonly isLarge?: (task: Task) => boolean
  /** The task once more, for that worker, after another one's memory was too small for it. Without this, what was handed over is lost with it. */
  readonly again?: (task: Task) => Task
}

/**
 * Workers of the module at `url`, which must call `serve`; each task goes to the one with the least to do. A worker that has a lot of memory
 * is made when a task needs it.
 */
export function threads<Task, Result>(
  url: URL,
  size: number,
  data: unknown,
  { transfers = () => [], isLarge = () => false, again }: Handing<Task> = {},
): Crew<Task, Result> {
  giveBack()
  const start = (limits: ResourceLimits) => startWorker<Task, Result>(url, data, transfers, limits)
  const workers = Array.from({ length: size }, () => start(usual))
  let large: ReturnType<typeof start> | undefined

  async function runLarge(task: Task): Promise<Result> {
    large ??= start(roomy)
    try {
      return await large.run(task)
    } catch (cause) {
      if (!isOutOfMemory(cause)) throw cause
      const mb = roomy.maxOldGenerationSizeMb
      throw new Error(`records that stand together need more than ${mb} MB of memory to be read`, { cause })
    }
  }

  async function runUsual(task: Task): Promise<Result> {
    const idlest = workers.reduce((idlest, next) => (next.open() < idlest.open() ? next : idlest))
    try {
      return await idlest.run(task)
    } catch (error) {
      if (again === undefined || !isOutOfMemory(error)) throw error
      // All of its tasks come here, and one of them has it replaced.
      if (workers.includes(idlest)) workers[workers.indexOf(idlest)] = start(usual)
      return runLarge(again(task))
    }
  }

  return {
    run: (task) => (isLarge(task) ? runLarge(task) : runUsual(task)),
    close: async () => {
      const all = large === undefined ? workers : [...workers, large]
      await Promise.all(all.map((worker) => worker.close()))
    },
  }
}

// An import of a few files has less, and would wait for the collection, and for code that it drops, in vain.
const worthGivingBack = 64 * 2 ** 20

/**
 * Gives back what this thread has no use for, which others need now, where the process was begun so that it can. V8 would leave what thousands of files
 * were imported with where it is for as long as this thread does little itself; an ordinary collection leaves the pages.
 */
function giveBack(): void {
  if (getHeapStatistics().total_heap_size < worthGivingBack) return
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}

function isOutOfMemory(error: unknown): boolean {
  return codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY'
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
      port.postMessage({ error, codes: codesOf(error) })
    }
  })
}

/** What an error loses on its way to another thread, and what is to be done is told by: the system's code, and SQLite's. */
function codesOf(error: unknown): object {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return { ...(code !== undefined && { code }), ...(errcode !== undefined && { errcode }) }
}

interface Pending<Result> {
  resolve(result: Result): void
  reject(error: unknown): void
}

function startWorker<Task, Result>(
  url: URL,
  data: unknown,
  transfers: Transfers<Task>,
  resourceLimits: ResourceLimits,
) {
  const worker = new Worker(url, { workerData: data, resourceLimits })
  const pending: Pending<Result>[] = [] // Answers come in the order of the tasks.
  let broken: unknown
  const fail = (error: unknown) => {
    broken ??= error // That it ended comes after why.
    for (const { reject } of pending.splice(0)) reject(error)
  }
  worker.on('message', (answer: { result: Result } | { error: object; codes: object }) => {
    const first = pending.shift()
    if ('error' in answer) first?.reject(Object.assign(answer.error, answer.codes))
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
