/** Bytes in a buffer of their own, so that they can be handed to another thread instead of being copied. */
export type OwnBytes = Buffer<ArrayBuffer>

/** The parts, one after the other. `Buffer.concat` would put small ones into a pool that others share. */
export function ownBytes(parts: readonly Uint8Array[]): OwnBytes {
  const bytes = Buffer.allocUnsafeSlow(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
