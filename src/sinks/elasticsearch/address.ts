import { z } from 'zod'
import { ConfigError } from '../../errors.ts'

/** The URL of Elasticsearch, from its text. Throws `ConfigError`, without the text: it may hold a password. */
export function parseAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) throw new ConfigError('the url of Elasticsearch is no URL, such as https://localhost:9200')
  if (url.protocol === 'https:' || url.protocol === 'http:') return url
  throw new ConfigError('the url of Elasticsearch must begin with https:// or http://')
}

/** An Elastic Cloud id, as the URL that it stands for: `name:` and base64 of `host$elasticsearch$kibana`, each maybe with a port. */
export const CloudId = z.string().transform((cloudId, context) => {
  const encoded = cloudId.split(':').at(-1) ?? ''
  const [host = '', id = ''] = Buffer.from(encoded, 'base64').toString('utf8').split('$')
  const [domain = '', port = '443'] = host.split(':')
  const [name = '', ownPort = port] = id.split(':')
  const url = `https://${name}.${domain}:${ownPort}`
  if (/^[\w.-]+$/.test(name) && /^[\w.-]+\.[\w-]+$/.test(domain) && URL.canParse(url)) return url
  context.addIssue({ code: 'custom', message: 'no Cloud id: copy it from the deployment in the Elastic Cloud console' })
  return z.NEVER
})

/** SHA-256 of a certificate, however it is written: 64 hexadecimal digits, with or without what stands between them. */
export const Fingerprint = z
  .string()
  .transform((text) => text.replace(/^.*=/, '').replaceAll(/[\s:]/g, '').toUpperCase())
  .refine(
    (digits) => /^[\dA-F]{64}$/.test(digits),
    'no SHA-256 of a certificate: `openssl x509 -in ca.crt -noout -fingerprint -sha256` prints it',
  )
