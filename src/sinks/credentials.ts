import { ConfigError } from '../errors.ts'

interface Given {
  readonly apiKey?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
}

/** What a server knows a client by. */
export type Credentials = { readonly apiKey: string } | { readonly username: string; readonly password: string }

/** By what a server knows us; undefined where nothing is given. Throws `ConfigError` for too much or half of it. */
export function credentialsOf(server: string, { apiKey, username, password }: Given): Credentials | undefined {
  if (apiKey !== undefined) {
    if (username === undefined && password === undefined) return { apiKey }
    throw new ConfigError(`${server} has an apiKey and a username or password: give one or the other`)
  }
  if (username !== undefined && password !== undefined) return { username, password }
  if (username === undefined && password === undefined) return undefined
  throw new ConfigError(`${server} has no ${username === undefined ? 'username' : 'password'}: give both or neither`)
}
