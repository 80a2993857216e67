/** Names for what is found, each given once. */
export interface Names {
  /** False when it was given before. */
  claim(path: string): boolean
  /** A path for a member of an archive, of nothing but visible characters, and different from all others. */
  unique(archive: string, name: string): string
}

const maxNameLength = 1000

/** Starts with no name given. */
export function namesGiven(): Names {
  const given = new Set<string>()
  const repeats = new Map<string, number>()
  const claim = (path: string) => given.size !== given.add(path).size
  const unique = (archive: string, name: string) => {
    const path = `${archive}/${visible(name)}`
    for (let number = repeats.get(path) ?? 1; ; number += 1) {
      const numbered = number === 1 ? path : `${path} (${number})`
      if (!claim(numbered)) continue
      if (number > 1) repeats.set(path, number + 1)
      return numbered
    }
  }
  return { claim, unique }
}

/** Control characters, directions and other things that are not seen, as `\u{…}`. */
function visible(name: string): string {
  const short = name.length > maxNameLength ? `${name.slice(0, maxNameLength)}…` : name
  return short.replace(hidden, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`) || '(no name)'
}

const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu
