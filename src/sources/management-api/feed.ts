import { z } from 'zod'
import { RetryableError } from '../../errors.ts'
import { toIso } from '../../time/time.ts'
import { type Client, expected } from '../microsoft/client.ts'
import { type Opened, openBody } from '../microsoft/content.ts'
import { unread } from '../microsoft/exchange.ts'
import { askJson } from '../microsoft/json.ts'
import { toUrl } from '../microsoft/pages.ts'
import type { Problem } from '../microsoft/problem.ts'
import { ContentId, ContentUri, type Unread } from './cursor.ts'
import { keptMs, toQueryTime, type Window } from './windows.ts'

const Time = z
  .string()
  .transform((text) => toIso(text))
  .nullish()
  .catch(undefined)

/** A content as the service lists it. One of a time that cannot be read does not keep the others of its page from being read. */
const Listed = z.looseObject({
  contentId: ContentId,
  contentUri: ContentUri,
  contentCreated: Time,
  contentExpiration: Time,
})

/** The same with its times, if need be those that it had at the earliest and the latest. */
function toUnread(item: z.output<typeof Listed>, { from, to }: Window): Unread {
  const created = item.contentCreated ?? new Date(from).toISOString()
  const latest = item.contentCreated ? Date.parse(item.contentCreated) : to
  const expires = item.contentExpiration ?? new Date(latest + keptMs).toISOString()
  return { name: item.contentId, uri: item.contentUri, created, expires }
}

// The reference's own example has a subscription without a status.
const Subscription = z.looseObject({ contentType: z.string(), status: z.string().optional() })

/** A tenant's activity feed for one content type: the operations that the service has. */
export interface Feed {
  /** Its status; undefined when there is no subscription. */
  subscription(signal: AbortSignal): Promise<string | undefined>
  /** Asks for a subscription once, whatever comes of it: more often than every 15 minutes the service takes for abuse. */
  start(signal: AbortSignal): Promise<void>
  /** What became available in the window, page by page to the last; a problem instead where one is the caller's. */
  list(window: Window, signal: AbortSignal): AsyncGenerator<readonly Unread[] | Problem>
  /** A content's answer. */
  open(uri: string, attempts: number, signal: AbortSignal): Promise<Opened | Problem>
  /** Milliseconds since the epoch by the service's clock: windows are measured by it. */
  now(): number
  /** Whether an answer told it within the last minute by our clock, which may have been set since; undefined where none ever told it. */
  isTimeTold(): boolean | undefined
}

/** The feed of `contentType`, each request with the publisher's id: without it all share one quota. */
export function feedOf(
  client: Client,
  { tenant, publisher, contentType }: Record<'tenant' | 'publisher' | 'contentType', string>,
): Feed {
  const addressed = (path: string, query: Record<string, string> = {}) => {
    const url = new URL(`/api/v1.0/${tenant}/activity/feed/subscriptions/${path}`, client.api.root)
    for (const [name, value] of Object.entries({ ...query, PublisherIdentifier: publisher }))
      url.searchParams.set(name, value)
    return url
  }
  /** Whether links from answers carry the publisher's id is not documented. */
  const withPublisher = (link: string) => {
    const url = toUrl(link)
    const has = [...url.searchParams.keys()].some((name) => name.toLowerCase() === 'publisheridentifier')
    // Added as text: what the service wrote is sent back as it is.
    if (!has) url.search += `${url.search === '' ? '?' : '&'}PublisherIdentifier=${publisher}`
    return url
  }

  return {
    async subscription(signal) {
      const read = expected(
        client,
        await askJson(client, { url: addressed('list'), schema: z.array(Subscription) }, signal),
      )
      const found = read.data.find((each) => each.contentType.toLowerCase() === contentType.toLowerCase())
      return found && (found.status ?? 'unknown')
    },
    async start(signal) {
      const ask = { method: 'POST', url: addressed('start', { contentType }), attempts: 1 } as const
      const { problem } = await client.send({ ...ask, headers: { 'content-length': '0' } }, unread, signal)
      if (problem !== undefined && problem.action !== 'subscribed') throw new RetryableError(problem.said)
    },
    async *list(window, signal) {
      const query = { contentType, startTime: toQueryTime(window.from), endTime: toQueryTime(window.to) }
      const seen = new Set<string>()
      let link: string | undefined = addressed('content', query).href
      while (link !== undefined) {
        if (seen.has(link)) throw new RetryableError(`${client.api.name}: the pages of a list go in a circle`)
        seen.add(link)
        const url: URL = withPublisher(link)
        const listed = await askJson(client, { url, schema: z.array(Listed) }, signal)
        if (listed.problem !== undefined) return yield listed.problem
        yield listed.value.data.map((item) => toUnread(item, window))
        // One page of Microsoft's documentation says Uri, another Url.
        link = listed.value.header('nextpageuri') ?? listed.value.header('nextpageurl')
      }
    },
    async open(uri, attempts, signal) {
      const opened = await client.send(
        { url: withPublisher(uri), attempts },
        (answer) => openBody(answer, signal),
        signal,
      )
      return opened.problem ?? opened.value
    },
    now: client.serverNow,
    isTimeTold: client.isTimeTold,
  }
}
