import { blockBytes } from '#src/sources/files/tar-header.ts'

/** A member to be put into a tar; what is not said is as an honest packer does it. */
export interface TarredMember {
  readonly name: string
  readonly content?: string | Uint8Array
  /** Of the header: '0' is a file. */
  readonly type?: string
  /** The size that its header says, in octal digits or as the bytes of GNU. */
  readonly size?: string
  /** What stands before its name, in a field of its own. */
  readonly folder?: string
  readonly magic?: string
}

/** A tar of these members (POSIX.1-1988), with the two empty blocks at its end. */
export function tarOf(...members: readonly TarredMember[]): Buffer {
  return Buffer.concat([...members.map(tarred), Buffer.alloc(2 * blockBytes)])
}

/** A record of pax, with the length that it has with its own digits. */
export function paxRecord(name: string, value: string): string {
  const length = Buffer.byteLength(` ${name}=${value}\n`)
  const digits = String(length + String(length).length).length
  return `${length + digits} ${name}=${value}\n`
}

/** A header and what follows it, filled up to whole blocks. */
export function tarred({
  name,
  content = '',
  type = '0',
  folder = '',
  magic = 'ustar\0',
  ...said
}: TarredMember): Buffer {
  const bytes = Buffer.from(content)
  const header = Buffer.alloc(blockBytes)
  const fields: readonly (readonly [at: number, text: string])[] = [
    ...([
      [0, name],
      [100, '0000644\0'],
      [124, said.size ?? octal(bytes.length)],
      [136, octal(1_700_000_000)],
    ] as const),
    ...([
      [148, '        '],
      [156, type],
      [257, magic],
      [345, folder],
    ] as const),
  ]
  for (const [at, text] of fields) header.write(text, at, at === 0 ? 'utf8' : 'latin1')
  header.write(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    148,
    'latin1',
  )
  return Buffer.concat([header, bytes, Buffer.alloc((blockBytes - (bytes.length % blockBytes)) % blockBytes)])
}

function octal(number: number, digits = 11): string {
  return `${number.toString(8).padStart(digits, '0')}\0`
}
