import type { FirstFactor, Outcome } from '../../document.ts'
import { booleanIn } from '../../microsoft/booleans.ts'
import { isAfterFirstFactor } from '../first-factor.ts'
import { interruptIn, isStopped } from '../interrupts.ts'
import { type Reader, text } from '../table.ts'
import { extended } from './name-values.ts'

// As Exchange, Entra, SharePoint and Yammer spell it. `InProgress` and others are neither.
const results: ReadonlyMap<string, Outcome> = new Map([
  ['succeeded', 'success'],
  ['success', 'success'],
  ['partiallysucceeded', 'success'],
  ['failed', 'failure'],
  ['failure', 'failure'],
])

const resultStatus = text('ResultStatus')
const errorNumber = text('ErrorNumber', 'ErrorCode')
const logonError = text('LogonError')
const loginError = extended('LoginError')
const loginStatus = text('LoginStatus')

/** What a result says, whoever wrote it; undefined where it says neither. */
export function resultOf(status: string | undefined): Outcome | undefined {
  const truth = booleanIn(status)
  if (truth !== undefined) return truth ? 'success' : 'failure'
  return results.get(status?.trim().toLowerCase() ?? '')
}

/** Of a thing done: a record of it means that it was, unless it says otherwise. */
export const outcomeOfAction: Reader<Outcome> = (record, activity) =>
  resultOf(resultStatus(record, activity)) ?? 'success'

/** The error's number and name, `0` and `None` being no error. `LoginStatus` is that of the old RecordType 9. */
function errorsOf(...[record, activity]: Parameters<Reader<string>>): string[] {
  const given = [errorNumber, logonError, loginStatus, loginError].map((read) => read(record, activity)?.trim() ?? '')
  return given.filter((error) => error !== '' && error !== '0' && error.toLowerCase() !== 'none')
}

function isInterrupt(error: string): boolean {
  return interruptIn(error) !== undefined
}

/** Of a logon: its error counts first, for ResultStatus says "Success" of many that failed; without either nobody knows. */
export const outcomeOfLogon: Reader<Outcome> = (record, activity) => {
  const errors = errorsOf(record, activity)
  if (errors.some(isInterrupt)) return 'unknown'
  if (errors.length > 0) return 'failure'
  return resultOf(resultStatus(record, activity)) ?? 'unknown'
}

/** Of a logon whose operation says that it failed, whatever the rest says, unless it was only asked for more. */
export const outcomeOfFailedLogon: Reader<Outcome> = (record, activity) =>
  errorsOf(record, activity).some(isInterrupt) ? 'unknown' : 'failure'

/** Whether a logon was stopped to ask for more before anybody was in. */
export const isStoppedLogon: Reader<boolean> = (record, activity) =>
  errorsOf(record, activity).some((error) => isStopped(interruptIn(error)))

/** That a sign-in was stopped by what comes after its first factor; audit records do not tell what that was. */
export const firstFactorOfLogon: Reader<FirstFactor> = (record, activity) =>
  errorsOf(record, activity).some(isAfterFirstFactor) ? 'accepted' : undefined

/** Why a logon did not succeed: the error's name, else its number. */
export const reasonOfLogon: Reader<string> = (record, activity) => {
  const errors = errorsOf(record, activity)
  return errors.find((error) => !/^-?\d+$/.test(error)) ?? errors[0]
}
