/**
 * The longest text that everything a pattern matches must contain, or '' where there is none that is plain to see. Whoever looks for it first
 * spares most of a thousand patterns: no time, and no memory for what V8 makes of each.
 */
export function requiredText(pattern: string): string {
  if (/\\[xuckpP]|\(\?[^:=!]/.test(pattern)) return '' // Escapes of several characters, groups with names: nobody needs them here.
  const groups: Group[] = [open('')]
  for (const [, token = '', repeat] of pattern.matchAll(tokens)) {
    const group = groups.at(-1) as Group
    if (token.startsWith('(') && token !== '\\(') groups.push(open(token))
    else if (token === '|') group.isChoice = true
    else if (token === ')' && groups.length > 1) close(groups, repeat)
    else add(group, literalOf(token), repeat)
  }
  const [whole] = groups as [Group]
  end(whole)
  return whole.isChoice ? '' : whole.longest
}

/** A class, an escape, the opening of a group, any other character; each with what repeats it. */
const tokens = /(\[(?:\\.|[^\]\\])*\]|\\.|\((?:\?[:=!])?|.)([?*+]\??|\{\d*,?\d*\}\??)?/gs

interface Group {
  readonly opening: string
  /** What of it stands last, without a gap; and the longest that stood anywhere. */
  run: string
  longest: string
  isChoice: boolean
}

function open(opening: string): Group {
  return { opening, run: '', longest: '', isChoice: false }
}

/** Passes on what a group requires, unless it is one of several, may be left out, or is only looked at. */
function close(groups: Group[], repeat: string | undefined): void {
  const group = groups.pop() as Group
  const outer = groups.at(-1) as Group
  end(group)
  end(outer)
  const isRequired = !group.isChoice && repeat === undefined && (group.opening === '(' || group.opening === '(?:')
  if (isRequired && group.longest.length > outer.longest.length) outer.longest = group.longest
}

function add(group: Group, literal: string | undefined, repeat: string | undefined): void {
  if (literal !== undefined && repeat === undefined) {
    group.run += literal
    return
  }
  end(group)
}

function end(group: Group): void {
  if (group.run.length > group.longest.length) group.longest = group.run
  group.run = ''
}

/** The one character that a token stands for; nothing where it stands for several, or for a place. */
function literalOf(token: string): string | undefined {
  if (token.length === 1) return '.^$'.includes(token) ? undefined : token
  return /^\\[^\w]$/.test(token) ? token.slice(1) : undefined
}
