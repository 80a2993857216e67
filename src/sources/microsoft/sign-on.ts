import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ConfidentialClientApplication, ManagedIdentityApplication, type NodeAuthOptions } from '@azure/msal-node'
import { ConfigError, messageOf } from '../../errors.ts'
import type { Dispatchers } from './dispatchers.ts'
import { msalNetwork, type Signed } from './msal-network.ts'
import type { Credentials } from './options.ts'

/** Gets a new token for a scope such as `https://graph.microsoft.com/.default`. */
export type SignOn = (scope: string) => Promise<Signed>

/** Where to sign on, and over which connections. */
export interface Authority {
  readonly tenant: string
  readonly login: string
  readonly dispatchers: Dispatchers
}

/** Signs on with the credentials of the moment, anew at each call. Throws `FatalError` or `RetryableError`, both without secrets. */
export function signOnWith(credentials: () => Credentials, authority: Authority): SignOn {
  return async (scope) => {
    const given = credentials()
    const way = ways[given.type] as (credentials: Credentials, authority: Authority) => SignOn
    return way(given, authority)(scope)
  }
}

type Ways = {
  readonly [Type in Credentials['type']]: (given: Extract<Credentials, { type: Type }>, authority: Authority) => SignOn
}

const ways: Ways = {
  secret: ({ clientId, clientSecret }, authority) => asApp(authority, async () => ({ clientId, clientSecret })),
  certificate: (given, authority) =>
    asApp(authority, async () => ({ clientId: given.clientId, clientCertificate: await certificateOf(given) })),
  'workload-identity': ({ clientId, tokenFile }, authority) =>
    asApp(authority, async () => ({ clientId, clientAssertion: (await read(tokenFile)).trim() })),
  'managed-identity': ({ clientId }, { dispatchers }) => {
    return async (scope) => {
      const network = msalNetwork(dispatchers.local)
      const app = new ManagedIdentityApplication({
        ...(clientId !== undefined && { managedIdentityIdParams: { userAssignedClientId: clientId } }),
        system: { networkClient: network.client, disableInternalRetries: true },
      })
      return network.signed(app.acquireToken({ resource: scope.replace('/.default', ''), forceRefresh: true }))
    }
  },
  token: ({ token }) => {
    return async () => ({ token, lifetimeMs: Number.POSITIVE_INFINITY })
  },
}

/** A new application each time: it keeps answers to failed requests, and reckons with a clock that is not ours. */
function asApp({ tenant, login, dispatchers }: Authority, credential: () => Promise<NodeAuthOptions>): SignOn {
  return async (scope) => {
    const network = msalNetwork(dispatchers.outside)
    const auth = { authority: `${login}/${tenant}`, knownAuthorities: [new URL(login).host], ...(await credential()) }
    const app = new ConfidentialClientApplication({ auth, system: { networkClient: network.client } })
    return network.signed(app.acquireTokenByClientCredential({ scopes: [scope], skipCache: true }))
  }
}

type CertificateOptions = Extract<Credentials, { type: 'certificate' }>

/** By its SHA-256 thumbprint, for which MSAL signs the assertion with PS256. */
async function certificateOf({ certificateFile, keyFile, passphrase }: CertificateOptions) {
  const [pem, key] = [await read(certificateFile), await read(keyFile ?? certificateFile)]
  try {
    const thumbprintSha256 = new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()
    const privateKey = createPrivateKey({ key, ...(passphrase !== undefined && { passphrase }) })
    return { thumbprintSha256, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
  } catch (error) {
    const files = [certificateFile, keyFile].filter(Boolean).join(', ')
    throw new ConfigError(
      `no certificate with its private key in ${files} (PEM, unencrypted or with passphrase): ${messageOf(error)}`,
    )
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`cannot read ${file}: ${messageOf(error)}`)
  }
}
