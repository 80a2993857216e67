import type { Random } from '../../random.ts'
import { minute } from '../clock.ts'
import type { Told } from '../story.ts'
import { type EvidenceFile, shuffled } from './file.ts'

const contentTypes = new Map([
  [8, 'Audit.AzureActiveDirectory'],
  [15, 'Audit.AzureActiveDirectory'],
  [4, 'Audit.SharePoint'],
  [6, 'Audit.SharePoint'],
  [14, 'Audit.SharePoint'],
  [102, 'Audit.SharePoint'],
  [25, 'Audit.General'],
  [28, 'Audit.General'],
  [40, 'Audit.General'],
])

/** The content type under which a record of this type is delivered. */
export function contentTypeOf(recordType: number): string {
  return contentTypes.get(recordType) ?? 'Audit.Exchange'
}

/** Blobs of the Management Activity API, one a content type and day of delivery; some records are delivered twice. */
export function managementBlobs(folder: string, told: Told[], random: Random): EvidenceFile[] {
  const delivered = told.flatMap(({ time, record }) => {
    const first = { at: time + random.whole(15, 95) * minute, record }
    const again = random.chance(0.04) ? [{ ...first, at: first.at + random.whole(6, 30) * 60 * minute }] : []
    return [first, ...again]
  })
  const blobs = Map.groupBy(delivered, ({ at, record }) => {
    return `${new Date(at).toISOString().slice(0, 10)}-${contentTypeOf(record.RecordType)}`
  })
  return [...blobs].sort().map(([name, items]) => {
    const records = shuffled(random, items).map(({ record }) => record)
    return {
      path: `${folder}/${name}.json`,
      shape: 'management-api',
      content: Buffer.from(JSON.stringify(records)),
      ids: records.map(({ Id }) => Id),
    }
  })
}
