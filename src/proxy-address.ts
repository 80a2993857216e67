import { z } from 'zod'

/** The address of an HTTP proxy; credentials for it stand in it. */
export const ProxyAddress = z.url({ protocol: /^https?$/, error: 'no http:// or https:// address of a proxy' })
