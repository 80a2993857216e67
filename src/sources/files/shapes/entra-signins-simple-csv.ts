import { isObject, type Json } from '../../../activity.ts'
import { lowerCamel, lowerCamelKeys } from './camel.ts'
import { nest } from './nest.ts'
import { isTypeName } from './powershell.ts'
import type { Cells, CsvShape } from './shape.ts'
import { signInOf, statusOf } from './sign-in.ts'
import { flattenedColumns, signInColumns } from './sign-in-columns.ts'
import { guid, startsRowBy, time } from './starts-row.ts'
import { unfold } from './unfold.ts'

/** Where Graph has what scripts take out of its objects, by the names that scripts give it. */
const paths: ReadonlyMap<string, string> = new Map([
  ['ip', 'ipAddress'],
  ['requestId', 'id'],
  ['city', 'location.city'],
  ['state', 'location.state'],
  ['country', 'location.countryOrRegion'],
  ['countryOrRegion', 'location.countryOrRegion'],
  ['latitude', 'location.geoCoordinates.latitude'],
  ['longitude', 'location.geoCoordinates.longitude'],
  ['device', 'deviceDetail.displayName'],
  ['deviceName', 'deviceDetail.displayName'],
  ['deviceId', 'deviceDetail.deviceId'],
  ['browser', 'deviceDetail.browser'],
  ['os', 'deviceDetail.operatingSystem'],
  ['deviceOS', 'deviceDetail.operatingSystem'],
  ['operatingSystem', 'deviceDetail.operatingSystem'],
  ['isCompliant', 'deviceDetail.isCompliant'],
  ['isManaged', 'deviceDetail.isManaged'],
  ['trustType', 'deviceDetail.trustType'],
  ['errorCode', 'status.errorCode'],
  ['failureReason', 'status.failureReason'],
  ['additionalDetails', 'status.additionalDetails'],
])

/** Sign-ins as PowerShell scripts select and flatten them, with the names of PowerShell's objects. */
export const entraSignInsSimpleCsv = flattened('entra-signins-simple-csv', [
  'CreatedDateTime',
  'UserPrincipalName',
  'AppDisplayName',
])

/** The same with Graph's own names. */
export const graphSignInsCsv = flattened('graph-signins-csv', [
  'createdDateTime',
  'userPrincipalName',
  'appDisplayName',
])

/** The same of which a script did not select the application: the address tells that they are sign-ins and no accounts, the id which ones. */
export const graphSignInsByIdCsv = flattened('graph-signins-by-id-csv', [
  'createdDateTime',
  'userPrincipalName',
  'ipAddress',
  'id',
])

function flattened(name: string, columns: readonly [string, string, ...string[]]): CsvShape {
  const [created, user] = columns
  return {
    name,
    title: 'Sign-ins of Graph, flattened to CSV by a script',
    columns,
    optional: [...signInColumns, ...flattenedColumns],
    times: [created],
    startsRow: startsRowBy({ [created]: time, [user]: /@/, Id: guid, id: guid, CorrelationId: guid }),
    read: (cells) => signInOf(nest(toGraph(cells)), Object.values(cells).some(isTypeName)),
  }
}

function* toGraph(cells: Cells): Generator<[string, Json]> {
  for (const [column, cell] of Object.entries(cells)) {
    if (cell.trim() === '' || isTypeName(cell)) continue
    const path = pathOf(column)
    if (path !== 'status') yield [path, cell]
    else for (const [key, value] of Object.entries(readStatus(cell))) yield [`status.${key}`, value]
  }
}

/** Where Graph has it: `DeviceDetail.OperatingSystem`, `deviceDetail_operatingSystem`, `Status/ErrorCode` or `OS`. */
export function pathOf(column: string): string {
  const parts = column.split(/[./]|(?<=^(?:status|deviceDetail|location|mfaDetail))_/i).map(lowerCamel)
  return (parts.length === 1 && paths.get(parts[0] as string)) || parts.join('.')
}

function readStatus(cell: string): Readonly<Record<string, Json>> {
  const status = lowerCamelKeys(unfold(cell))
  return isObject(status) ? status : statusOf(cell.trim())
}
