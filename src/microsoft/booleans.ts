// What Excel writes of a truth value when it saves a CSV: TRUE and FALSE in its user's language, as its functions are called there.
const words = {
  true: 'TRUE WAHR VRAI VERDADERO VERO VERDADEIRO WAAR SAND SANT SANN TOSI PRAWDA PRAVDA IGAZ DOĞRU ИСТИНА',
  false: 'FALSE FALSCH FAUX FALSO ONWAAR FALSK FALSKT USANN EPÄTOSI FAŁSZ NEPRAVDA HAMIS YANLIŞ ЛОЖЬ',
} as const

const booleans: ReadonlyMap<string, boolean> = new Map(
  Object.entries(words).flatMap(([truth, list]) =>
    list.split(' ').map((word) => [word.toLowerCase(), truth === 'true'] as const),
  ),
)

/** Whether a text says that something is true, as PowerShell, JSON or Excel in any of these languages write it; undefined where it says neither. */
export function booleanIn(text: string | undefined): boolean | undefined {
  return booleans.get(text?.trim().replace(/^\$/, '').toLowerCase() ?? '')
}
