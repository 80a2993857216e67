import type { Double } from './double.ts'
import { start } from './double.ts'
import { type Blob, throttled } from './management.ts'
import type { Play } from './misbehaviour.ts'
import { tenantId } from './world.ts'

const hourMs = 3_600_000
export const weekMs = 7 * 24 * hourMs
export const types = ['Audit.AzureActiveDirectory', 'Audit.Exchange', 'Audit.SharePoint', 'Audit.General'] as const

/** What a week brings, and what of it can be had. */
export interface Week {
  /** The ids of all records that a content which can be had shows. */
  readonly ids: ReadonlySet<string>
  /** The names of contents that are listed and never given. */
  readonly lost: ReadonlySet<string>
}

/**
 * Fills the double with a week of content: in no order, some of it listed late, some records in two contents, some contents
 * lost in different ways.
 */
export function fillWeek(
  double: Double,
  { records, blobs }: { records: number; blobs: number },
  random: () => number,
): Week {
  const began = Date.parse(start)
  const ids = new Set<string>()
  const lost = new Set<string>()
  const each = records / blobs
  let earlier: readonly object[] = []
  for (let i = 0; i < blobs; i += 1) {
    const created = Math.floor(began + random() * (weekMs - 2 * hourMs))
    const own = Array.from({ length: each }, (_, j) => recordOf(`${i}-${j}`, created - random() * 20 * hourMs))
    const isRepeat = random() < 0.05
    const blob: Blob = {
      id: `2026$${i}$audit`,
      type: types[i % types.length] as string,
      created,
      records: shuffled(isRepeat ? [...own, ...earlier.slice(0, 5)] : own, random),
      ...(random() < 0.1 && { listedAt: created + random() * 20 * hourMs }),
    }
    const loss = i % Math.ceil(blobs / 8) === 7 ? losses[lost.size % losses.length] : undefined
    if (loss === undefined) {
      for (const { Id } of own) ids.add(Id)
      earlier = own
      double.feed.blobs.push(blob)
    } else {
      lost.add(blob.id)
      double.feed.blobs.push({ ...blob, ...loss(double, created) })
    }
  }
  for (const type of types) double.feed.subscriptions.set(type, 'enabled')
  double.feed.pageSize = 200
  return { ids, lost }
}

const losses: readonly ((double: Double, created: number) => Partial<Blob>)[] = [
  // Listed as expired; expired when it is asked for, whatever the list says; there no more.
  (_, created) => ({ expires: created - 1 }),
  (double) => ({ uri: `${double.world.root()}/api/v1.0/${tenantId}/activity/feed/audit/nothing` }),
]

function recordOf(id: string, time: number) {
  return {
    Id: `record-${id}`,
    CreationTime: new Date(time).toISOString().slice(0, 19),
    Operation: 'MailItemsAccessed',
    RecordType: 50,
    Workload: 'Exchange',
    UserId: 'alice@contoso.example',
    MailboxOwnerUPN: 'alice@contoso.example',
    ClientIPAddress: '203.0.113.7',
    Folders: [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: `<${id}@contoso.example>` }] }],
  }
}

const faults: readonly Play[] = [
  { status: 500, body: '{"error":{"code":"AF50000","message":"An internal server error occurred."}}' },
  { status: 503, body: '<html>Service Unavailable</html>' },
  { status: 429, headers: { 'retry-after': '1' } },
  throttled,
  'cut before',
  'cut in body',
  'truncate',
  'stall',
]

/** Spoils `share` of the API's answers, and all of everything's while Microsoft is away. */
export function spoil(double: Double, share: number, random: () => number, isAway = () => false): void {
  double.onAny(() => {
    if (isAway()) return { status: 503 }
    const isApi = double.requests.at(-1)?.url.pathname.startsWith('/api/') === true
    return isApi && random() < share ? faults[Math.floor(random() * faults.length)] : undefined
  })
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
}
