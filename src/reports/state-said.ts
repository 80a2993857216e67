import { isObject, type Json } from '../activity.ts'
import type { EcsDocument } from '../document.ts'
import { booleanIn } from '../microsoft/booleans.ts'
import { valueText } from '../value-text.ts'

/** What a state says of something, in words. */
export type Reader = (document: EcsDocument) => string | undefined

/** What is said of one kind of thing that stood. */
export interface StateKind {
  /** In words, one and many. */
  readonly noun: readonly [one: string, many: string]
  /** By which of an activity's columns it is found that makes or changes it: see `made` in `state-findings.ts`. */
  readonly madeBy?: 'rule' | 'forward' | 'auditing' | 'permission' | 'consent' | 'admin' | 'method' | 'credential'
  /** What it is found by there, in small letters, where that is not its object. */
  readonly name?: Reader
  /** Whether it is of the whole tenant, whoever it is for. */
  readonly isOfTenant?: true
  /** What tells it from others in its mailbox, as those activities name it too. */
  readonly object?: Reader
  readonly says: Reader
  /** Whether it lets mail out, hides it, lets somebody in, or keeps from being recorded what is done. */
  readonly isNotable: (document: EcsDocument) => boolean
  /** Whether it is there at all: a mailbox is listed also where it sends no mail on. */
  readonly isThere?: (document: EcsDocument) => boolean
  /** Whether it says all by which that is known. */
  readonly isWhole?: (document: EcsDocument) => boolean
}

/** To whom it sends mail on. */
export const forwards: Reader = (document) => document['email.to.address']?.join('; ')
/** What a rule does, or where a mailbox sends its mail. */
export const summary: Reader = (document) => document['hoofprint.rule.summary']

/** The parts that say something, as one text. */
export function list(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('; ')
}

/** A value with a word before it, where there is one. */
export const of = (value: string | undefined, before = 'of') => (value === undefined ? undefined : `${before} ${value}`)

/** Whether a rule does nothing, or nobody gets a token for an application. */
export function isSwitchedOff(document: EcsDocument): boolean {
  const [rule, application] = [told(document, 'State'), told(document, 'ApplicationStatus')]
  return (
    [rule, application].some((state) => /^disabled/i.test(state ?? '')) ||
    switches.some((name) => isOff(document, name))
  )
}

const switches = ['Enabled', 'AppEnabled']

/** What a listing says under this name. */
export function told(document: EcsDocument, name: string): string | undefined {
  const state: Json | undefined = document['o365.state']
  return isObject(state) ? valueText(state[name]) : undefined
}

/** Whether it says of something that it is not so. */
export function isOff(document: EcsDocument, name: string): boolean {
  return booleanIn(told(document, name)) === false
}

/** Whether of a list the file has no more than that there is one: see `stateOf`. */
export function isLost(document: EcsDocument, name: string): boolean {
  return told(document, 'NotTold')?.split('; ').includes(name) === true
}

/** That the file does not say these, where it lost them: then nobody knows that there are none. */
export function lostOf(document: EcsDocument, names: readonly string[]): string | undefined {
  const lost = names.filter((name) => isLost(document, name))
  return lost.length === 0 ? undefined : `the file lost what it says of ${lost.join(', ')}`
}

/** Whether it says something, and not that it is not so. */
export function isOn(document: EcsDocument, name: string): boolean {
  return told(document, name) !== undefined && !isOff(document, name)
}
