import { added, noCounts } from '../counts.ts'
import type { ImportedFile } from '../gather/import-files.ts'
import { visible } from '../reports/visible.ts'
import { nounTo, number } from '../reports/words.ts'
import { complain, type Print } from './common.ts'

/** So many files are told one by one; of more, those of which there is something to say. */
const toldOneByOne = 200

/** What an import says of its files, each as it is done. */
export interface FileLines {
  say(file: ImportedFile): void
  /** Sums up those that were not told one by one. */
  end(): void
}

/** Says what became of files: thousands of lines about what went well would hide what did not. */
export function fileLines(print: Print, warn: (text: string) => void): FileLines {
  let files = 0
  const folded = { read: 0, skipped: 0, counts: noCounts }

  return {
    say(file) {
      files += 1
      if (files <= toldOneByOne || !isPlain(file)) return say(file, print, warn)
      if (file.fate === 'skipped') folded.skipped += 1
      else {
        folded.read += 1
        folded.counts = added(folded.counts, file.counts)
      }
    },
    end() {
      const { read, skipped, counts } = folded
      if (read > 0) {
        print(`and ${number(read)} more ${nounTo(read, 'file')} (--json lists each)`)
        print(sumOf(counts))
      }
      if (skipped > 0)
        print(`${number(skipped)} more ${nounTo(skipped, 'file was', 'files were')} skipped (--json lists each)`)
    },
  }
}

/** Whether all of it was read, or it is no evidence, and nothing about it is in doubt. */
function isPlain({ fate, mailboxFrom, doubt, brokeOff, counts }: ImportedFile): boolean {
  return (
    fate !== 'failed' && counts.rejected === 0 && [mailboxFrom, doubt, brokeOff].every((said) => said === undefined)
  )
}

function say(
  { path, fate, reason, shape, mailbox, mailboxFrom, doubt, brokeOff, counts }: ImportedFile,
  print: Print,
  warn: (text: string) => void,
): void {
  // One line each, whatever a name or a header holds.
  const told = (text: string) => `${visible(path)}: ${visible(text)}`
  if (fate === 'failed') complain(told(`not read: ${reason}`))
  else if (fate === 'skipped') print(told(`skipped: ${reason}`))
  else {
    const whose = mailboxFrom === undefined ? '' : `, taken for the mailbox of ${mailbox} (${mailboxFrom})`
    print(told(`${shape}${whose}${notes[fate]}`))
    if (doubt !== undefined) warn(told(doubt))
    print(sumOf(counts))
    if (brokeOff !== undefined) complain(told(`not read to its end: ${brokeOff}`))
  }
}

function sumOf({ read, stored, duplicate, rejected }: ImportedFile['counts']): string {
  return `  ${read} ${nounTo(read, 'row')} read = ${stored} stored + ${duplicate} duplicate + ${rejected} rejected`
}

const notes = { imported: '', known: ' (known: read before)', continued: ' (continued)' } as const
