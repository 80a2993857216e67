import type { Activity, JsonObject } from '../activity.ts'
import type { CategoryName, EventCategory, EventType, Field, Value } from '../document.ts'

/** Takes one value out of a record, or nothing when the record does not have it. Never throws. */
export type Reader<T> = (record: JsonObject, activity: Omit<Activity, 'original'>) => T | undefined

/** Which field gets which value: a constant, or a reader. An object literal, so a field has one writer. */
export type FieldTable = { readonly [F in Field]?: Value<F> | Reader<Value<F>> }

/** One activity category: its ECS words, and for each dataset the fields and operations that belong to it. */
export interface Category {
  readonly name: CategoryName
  readonly ecs: { readonly category: readonly EventCategory[]; readonly type: readonly EventType[] }
  /** Outlook activities, by ActivityIdType. */
  readonly activity: Operations
}

/** What the operations of one dataset in one category share, and what each adds or overrides. */
export interface Operations {
  readonly fields?: FieldTable
  readonly operations: Readonly<Record<string, FieldTable>>
}

/** What every record of one dataset may carry, and where the case finds what it joins by. */
export interface DatasetTable {
  readonly fields: FieldTable
  /** Names the mail or item that the record is about. */
  readonly item: Reader<string>
  /** The client's kind, such as `Web` or `IMAP4`: logons are attributed within one. */
  readonly platform: Reader<string>
  /** What the record tells about its item, for records that tell less. */
  readonly message: {
    readonly subject: Reader<string>
    readonly from: Reader<string>
    readonly received: Reader<string>
    readonly messageId: Reader<string>
  }
}
