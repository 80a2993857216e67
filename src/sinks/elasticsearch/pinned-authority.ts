import { TLSSocket } from 'node:tls'
import type { buildConnector } from 'undici'
import { type ConnectorMaker, connectorMaker } from '../proxy.ts'

/** By what the server knows this client, as PEM. */
export interface ClientCertificate {
  readonly cert?: string
  readonly key?: string
}

/**
 * Connects only to servers whose certificate has this SHA-256 fingerprint, or was issued by the authority that has. The client's own
 * `caFingerprint` takes any certificate that is sent along with the authority's, which is public, and checks no signature.
 */
export function pinnedAuthority(
  fingerprint: string,
  own: ClientCertificate = {},
  connector: ConnectorMaker = connectorMaker(undefined),
): buildConnector.connector {
  const wanted = fingerprint.replaceAll(':', '').toUpperCase()
  // Nothing is sent over a connection of this one: it only shows the authority's certificate.
  const look = connector({ ...own, rejectUnauthorized: false, maxCachedSessions: 0, allowH2: false })
  let connect: buildConnector.connector | undefined

  return (options, callback) => {
    if (connect !== undefined) return connect(options, callback)
    look(options, (error, socket) => {
      if (error !== null) return callback(error, null)
      const authority = chainOf(socket).find(({ sha256 }) => sha256 === wanted)
      socket.destroy()
      if (authority === undefined) {
        return callback(new Error('the server sends no certificate that has this caFingerprint'), null)
      }
      // Whom the cluster's own authority vouches for is meant, under whatever name it is reached.
      const trusting = { ca: authority.pem, allowPartialTrustChain: true, checkServerIdentity: () => undefined }
      connect = connector({ ...own, ...trusting, allowH2: false })
      connect(options, callback)
    })
  }
}

function chainOf(socket: unknown): { sha256: string; pem: string }[] {
  const chain: { sha256: string; pem: string }[] = []
  let certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
  while (certificate !== undefined && chain.length < 10) {
    chain.push({ sha256: certificate.fingerprint256.replaceAll(':', ''), pem: certificate.toString() })
    certificate = certificate.issuerCertificate
  }
  return chain
}
