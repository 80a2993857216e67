import type { Outcome } from '../../document.ts'
import { property } from '../readers.ts'
import type { Category, Reader } from '../table.ts'

const results: ReadonlyMap<string, Outcome> = new Map([
  ['success', 'success'],
  ['succeeded', 'success'],
  ['true', 'success'],
  ['failed', 'failure'],
  ['failure', 'failure'],
  ['false', 'failure'],
])

const exception = property('ExceptionInfo')
const result = property('Result')

/** An exception means that the logon failed, whatever the result says; without either nobody knows. */
const outcome: Reader<Outcome> = (record, activity) => {
  if (exception(record, activity) !== undefined) return 'failure'
  return results.get(result(record, activity)?.trim().toLowerCase() ?? '') ?? 'unknown'
}

export const logon: Category = {
  name: 'logon',
  ecs: { category: ['authentication'], type: ['start'] },
  activity: {
    fields: { 'event.outcome': outcome, 'event.reason': exception },
    operations: { ServerLogon: {}, Logon: {} },
  },
  signIn: { operations: { 'Sign-in activity': {} } },
}
