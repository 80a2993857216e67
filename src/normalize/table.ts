import type { Activity, Dataset, JsonObject } from '../activity.ts'
import type { CategoryName, EventCategory, EventType, Field, Value } from '../document.ts'
import type { Message, UserName } from '../entry.ts'

/** Takes one value out of a record, or nothing when the record does not have it. Never throws. */
export type Reader<T> = (record: JsonObject, activity: Omit<Activity, 'original'>) => T | undefined

/** Which field gets which value: a constant, or a reader. An object literal, so a field has one writer. */
export type FieldTable = { readonly [F in Field]?: Value<F> | Reader<Value<F>> }

/** One activity category: its ECS words, and for each dataset the fields and operations that belong to it. */
export interface Category {
  readonly name: CategoryName
  readonly ecs: EcsWords
  /** Outlook activities, by ActivityIdType. */
  readonly activity?: Operations
  /** Unified audit records, by Operation; in several parts where ECS has different words for them. */
  readonly audit?: readonly Operations[]
  /** Entra sign-ins, by Graph's name of the event. */
  readonly signIn?: Operations
  /** Requests to Microsoft Graph, by what was asked for. */
  readonly request?: readonly Operations[]
  /** Message traces, by what became of the message. */
  readonly trace?: Operations
}

/** Under which name each category lists the operations of a dataset. */
export type OperationsKey = 'activity' | 'audit' | 'signIn' | 'request' | 'trace'

/** ECS `event.category` and `event.type`. */
export interface EcsWords {
  readonly category: readonly EventCategory[]
  readonly type: readonly EventType[]
}

/** What some operations of one dataset in one category share, and what each adds or overrides. */
export interface Operations {
  /** Instead of the category's own words. */
  readonly ecs?: EcsWords
  readonly fields?: FieldTable
  readonly operations: Readonly<Record<string, FieldTable>>
}

/** What every record of one dataset may carry, and where the case finds what it joins by. */
export interface DatasetTable {
  readonly dataset: Dataset
  readonly operations: OperationsKey
  /** Stands before each category's own ECS words in `event.category`. */
  readonly ecsCategory: readonly EventCategory[]
  readonly fields: FieldTable
  /**
   * The row of the operations' tables that counts, where an operation's name alone does not decide: `Set-Mailbox` forwards
   * mail only with a forwarding parameter, so such a record has a row of its own.
   */
  readonly variant?: Reader<string>
  /** The row of one that no table has under its name. */
  readonly kin?: Reader<string>
  /** Tags beside the category's. */
  readonly markers?: Reader<readonly string[]>
  /** Ids beside the session's own that belong to its session alone, by which records without that one are found. */
  readonly sessionIds?: Reader<readonly string[]>
  /** What the record calls a user, where it tells the id in Entra too. */
  readonly user?: Reader<UserName>
  /** The client's kind, such as `Web` or `IMAP4`: logons are attributed within one. */
  readonly platform?: Reader<string>
  /** Whether a logon was stopped before anybody was in: nothing can be done from there but what its session proves. */
  readonly isStopped?: Reader<boolean>
  /** What the record tells about the mails and items it names, for records that tell less. */
  messages?(record: JsonObject, activity: Omit<Activity, 'original'>, category: CategoryName): readonly Message[]
}

/** The operations of one dataset in a category, in the parts in which they stand there. */
export function operationsOf(category: Category, key: OperationsKey): readonly Operations[] {
  const own = category[key]
  if (own === undefined) return []
  return 'operations' in own ? [own] : own
}
