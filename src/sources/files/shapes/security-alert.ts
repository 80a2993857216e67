import type { Json, JsonObject } from '../../../activity.ts'
import { namesIn } from '../../../microsoft/alert-names.ts'
import { parseCultureTime } from '../../../time/culture-time.ts'
import { isoOf } from '../../../time/time.ts'
import { atSecond, readAudit } from './audit-record.ts'
import { upperCamel } from './camel.ts'
import { jsonCell } from './json-cell.ts'
import { logTable } from './log-table.ts'
import { hasAll, isEmpty, member, said, whole } from './members.ts'
import { isOfSession, isTypeName, timeText } from './powershell.ts'
import type { Shaped } from './shape.ts'

/** What one product of Microsoft's says of alerts, or of the incidents that alerts are gathered in. */
interface AlertLog {
  readonly name: string
  readonly title: string
  /** A record is one when it has all of these. */
  readonly members: readonly string[]
  /** Others of which it needs one. */
  readonly oneOf?: readonly string[]
  /** What the records are called in documents. */
  readonly operation: string
  /** Where the id stands that it has in other products too; of several the first that says it. None: it is known by all it says. */
  readonly ids: readonly string[]
  /** Where the time stands of what it tells of; of several the first that says it. */
  readonly times: readonly string[]
  /** Which product raised it. */
  readonly products: readonly string[]
  /** Whether it only says what an alert names: then it is about nobody's mailbox, for the alert is. */
  readonly isDetail?: boolean
}

/** Its shapes: JSON, and what PowerShell or a portal saves as CSV. */
export function alertLog(log: AlertLog): ReturnType<typeof logTable> {
  const { name, title, members, oneOf = [], times } = log
  return logTable({
    name,
    title,
    columns: members,
    times,
    keepsEmpty: true,
    recognizes: (record) =>
      hasAll(record, ...members) && (oneOf.length === 0 || oneOf.some((one) => hasAll(record, one))),
    read: (row, truncated) => alertOf(log, row, truncated),
  })
}

function alertOf(log: AlertLog, row: JsonObject, truncated: boolean): Shaped | string {
  const first = (names: readonly string[]) =>
    names.map((name) => said(member(row, name))).find((one) => one !== undefined)
  const at = log.times.map((name) => timeText(member(row, name))).find((one) => one !== undefined)
  const told = Object.entries(row).flatMap(([name, value]) =>
    placed.has(name.toLowerCase()) || isOfSession(name) || isEmpty(value) ? [] : [[upperCamel(name), jsonCell(value)]],
  )
  const own = Object.fromEntries(told) as JsonObject
  const ofWorkspace = member(row, 'WorkspaceSubscriptionId') !== undefined || member(row, 'TimeGenerated') !== undefined
  const tenant = said(member(row, 'tenantId'))
  return atSecond(
    readAudit(
      {
        ...own,
        ...whole({
          CreationTime: isoIn(at) ?? at,
          Id: first(log.ids),
          Operation: log.operation,
          Workload: first(log.products),
          // Log Analytics has its workspace there.
          ...(ofWorkspace ? { WorkspaceId: tenant } : { OrganizationId: tenant }),
          AlertEntityId: log.isDetail === true ? undefined : namesIn(own).users[0],
        }),
      },
      truncated || naming.some((name) => isOnlyType(member(row, name))),
    ),
  )
}

/** Members that have a place of their own. */
const placed: ReadonlySet<string> = new Set(['id', 'tenantid', 'operation', 'workload', 'creationtime', 'userid'])

/** Where whom it names stands, of which PowerShell may have written the type alone. */
const naming = ['evidence', 'alerts', 'userStates'] as const

function isOnlyType(value: Json | undefined): boolean {
  return typeof value === 'string' && isTypeName(value.trim())
}

/** One time in one form, however it was exported. */
function isoIn(text: string | undefined): Json | undefined {
  const parsed = parseCultureTime(text)
  return parsed === undefined ? undefined : isoOf(parsed)
}
