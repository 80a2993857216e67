import { Client } from '@elastic/elasticsearch'
import { connectorMaker } from '../proxy.ts'
import { checkedOptions, type ElasticsearchOptions, nameOf } from './options.ts'
import { pinnedAuthority } from './pinned-authority.ts'

/** A client, and the address that messages name: without credentials. */
export interface Cluster {
  readonly client: Client
  readonly target: string
}

/** A client that says each failure once: it never retries, for only the sink knows which documents are undecided. */
export function connect(options: ElasticsearchOptions): Client {
  const { url, auth } = checkedOptions(options)
  return new Client({
    node: nameOf(url),
    maxRetries: 0,
    requestTimeout: options.requestTimeoutMs ?? 60_000,
    enableMetaHeader: false,
    ...(auth !== undefined && { auth }),
    agent: { connections: mostConnections, connect: connectOf(options) } as object, // The type leaves `connect` out.
  })
}

// The sink has fewer requests under way; the client's own 256 would only hide a leak.
const mostConnections = 16

/** How connections are made: by whom the server must be vouched for, and by what it knows us. */
function connectOf({ proxy, caFingerprint, ca, certificate, key }: ElasticsearchOptions): object {
  const own = certificate === undefined || key === undefined ? {} : { cert: certificate, key }
  const connector = connectorMaker(proxy)
  if (caFingerprint !== undefined) return pinnedAuthority(caFingerprint, own, connector)
  // Who gives the certificate of the server itself, or that of the authority between, trusts it, whoever issued it.
  const trusting = ca === undefined ? own : { ...own, ca, allowPartialTrustChain: true }
  return proxy === undefined ? trusting : connector(trusting)
}
