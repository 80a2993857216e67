import { constants, verify, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Asked, clientId, clientSecret, json, type Reply, tenantId, tokenFor, type World } from './world.ts'

export const federatedToken = 'federated.kubelet.token'

/** Entra's sign-on for applications: secret, certificate (PS256 only) or federated token. */
export function login(world: World, clientFile: string) {
  const certificate = new X509Certificate(readFileSync(clientFile))
  const tokenEndpoint = () => `${world.root()}/${tenantId}/oauth2/v2.0/token`

  return (asked: Asked): Reply | undefined => {
    const { url } = asked
    if (url.pathname.endsWith('/.well-known/openid-configuration')) return discovery(world.root())
    if (!url.pathname.endsWith('/oauth2/v2.0/token')) return undefined
    if (url.pathname !== `/${tenantId}/oauth2/v2.0/token`)
      return refusal(400, 'invalid_request', '90002: Tenant not found.')
    const form = new URLSearchParams(asked.body)
    if (form.get('grant_type') !== 'client_credentials') return refusal(400, 'unsupported_grant_type', '70003: no.')
    if (form.get('client_id') !== clientId) return refusal(400, 'unauthorized_client', '700016: Application not found.')
    const complaint = form.has('client_assertion') ? aboutAssertion(form) : aboutSecret(form)
    return complaint ?? token(form.get('scope')?.replace(/\/\.default$/, '') ?? '')
  }

  function token(audience: string): Reply {
    const exp = world.now() + world.tokenLifetimeMs
    const access_token = tokenFor({ tid: tenantId, aud: audience, exp, roles: [...world.roles] })
    return json({ token_type: 'Bearer', expires_in: world.tokenLifetimeMs / 1000, access_token })
  }

  function aboutAssertion(form: URLSearchParams): Reply | undefined {
    const assertion = form.get('client_assertion') ?? ''
    if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') {
      return refusal(400, 'invalid_request', '900144: client_assertion_type is missing.')
    }
    if (assertion === federatedToken) return undefined
    const [header = '', payload = '', signature = ''] = assertion.split('.')
    const { alg, 'x5t#S256': thumbprint } = parsed(header)
    const { aud, iss, sub, exp, nbf, jti } = parsed(payload)
    const now = Date.now() / 1000 // MSAL signs by the system's clock.
    const isInTime = Number(nbf) <= now + 5 && now < Number(exp) && Number(exp) - now <= 900
    if (!isInTime) return refusal(401, 'invalid_client', '700024: not within its valid time range.')
    const fits =
      alg === 'PS256' &&
      thumbprint === Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url') &&
      [tokenEndpoint(), tokenEndpoint().replace('/oauth2/v2.0/token', '/v2.0')].includes(String(aud)) &&
      iss === clientId &&
      sub === clientId &&
      typeof jti === 'string' &&
      verify(
        'sha256',
        Buffer.from(`${header}.${payload}`),
        { key: certificate.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
        Buffer.from(signature, 'base64url'),
      )
    return fits ? undefined : refusal(401, 'invalid_client', '700027: The certificate is not registered.')
  }
}

function aboutSecret(form: URLSearchParams): Reply | undefined {
  if (form.get('client_secret') === clientSecret) return undefined
  return refusal(401, 'invalid_client', '7000215: Invalid client secret provided.')
}

function refusal(status: number, error: string, text: string): Reply {
  const description = `AADSTS${text} Trace ID: 0 Correlation ID: 0 Timestamp: 2026-01-01 00:00:00Z`
  return json({ error, error_description: description, error_codes: [Number.parseInt(text, 10)] }, status)
}

function discovery(root: string): Reply {
  const base = `${root}/${tenantId}`
  return json({
    issuer: `${base}/v2.0`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  })
}

function parsed(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString() || '{}')
}
