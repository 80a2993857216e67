import { hash } from 'node:crypto'
import type { Json } from '../../../activity.ts'

/** An id for what has none of its own: 128 bits of SHA-256, in hexadecimal. */
export function hashId(value: Json): string {
  return hash('sha256', JSON.stringify(value), 'hex').slice(0, 32)
}

/** The record's own id in lower case; what could not be the `_id` of an Elasticsearch document, of 512 bytes at most, is hashed. */
export function ownId(id: string): string {
  return /^[\x21-\x7e]{1,128}$/.test(id) ? id.toLowerCase() : hashId(id)
}
