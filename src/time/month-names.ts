const languages = 'en de fr es it pt nl da sv nb fi pl cs sk hu tr ro hr sl ca el uk ru bg id vi lt lv et'.split(' ')

let months: ReadonlyMap<string, number> | undefined

/** Which month of the year has this name, in full or shortened, in a language whose names CLDR has; undefined where none or two have it: Polish November is Croatian October. */
export function monthOf(name: string): number | undefined {
  months ??= named() // Nearly no export has names.
  return months.get(plain(name))
}

function named(): ReadonlyMap<string, number> {
  const found = new Map<string, Set<number>>()
  for (const language of languages) {
    for (const format of formatsOf(language)) {
      for (let month = 1; month <= 12; month += 1) {
        const part = format.formatToParts(Date.UTC(2026, month - 1, 15)).find(({ type }) => type === 'month')
        const name = plain(part?.value ?? '')
        found.set(name, (found.get(name) ?? new Set()).add(month))
      }
    }
  }
  return new Map([...found].flatMap(([name, [month, other]]) => (other === undefined ? [[name, month as number]] : [])))
}

/** A name stands alone or beside a day, where it may have another ending. */
function formatsOf(language: string): Intl.DateTimeFormat[] {
  return (['short', 'long'] as const).flatMap((month) =>
    [{}, { day: 'numeric', year: 'numeric' } as const].map(
      (beside) => new Intl.DateTimeFormat(language, { month, ...beside, timeZone: 'UTC' }),
    ),
  )
}

function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\.$/, '')
}
