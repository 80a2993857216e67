import { z } from 'zod'
import { Authorities } from '../../pem.ts'
import { ProxyAddress } from '../../proxy-address.ts'

/** Where Kibana is, which of its spaces is meant, and how to log on to it. */
export const KibanaOptions = z.strictObject({
  url: z.url('no URL, such as https://kibana.example:5601').optional(),
  space: z
    .string()
    .regex(/^[a-z0-9_-]+$/, 'the id of a space has lower-case letters, digits, _ and - only')
    .default('default'),
  apiKey: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  /** Certificates of the authorities to trust instead of the system's. */
  ca: Authorities.optional(),
  /** An HTTP proxy that stands between here and there. */
  proxy: ProxyAddress.optional(),
  /** Allows plain HTTP to another machine: whoever listens takes the credentials. */
  insecureHttp: z.boolean().default(false),
})
export type KibanaOptions = z.output<typeof KibanaOptions>

/** Which variables of the environment fill which option. */
export const kibanaVariables = {
  KIBANA_URL: 'url',
  KIBANA_SPACE: 'space',
  KIBANA_API_KEY: 'apiKey',
  KIBANA_USERNAME: 'username',
  KIBANA_PASSWORD: 'password',
  KIBANA_CA: 'ca',
  KIBANA_PROXY: 'proxy',
} as const
