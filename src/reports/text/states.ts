import type { Answers } from '../answers.ts'
import { stateKinds } from '../state-kinds.ts'
import { visible } from '../visible.ts'
import { countOf, minute, number } from '../words.ts'
import { type Lines, listedFew } from './table.ts'

/** What files list as it stood on a day: none of it is an activity. */
export function states({ states: { listings } }: Answers): Lines {
  if (listings.length === 0) return []
  const lines = listings.slice(0, listedFew).map(({ kind, file, at, states, notable }) => {
    const [one = kind, many = kind] = stateKinds[kind]?.noun ?? []
    const grave = notable === 0 ? '' : states === 1 ? ', to look at' : `, ${number(notable)} of them to look at`
    return `  as of ${minute(at)}  ${countOf(states, one, many)}${grave}  (${visible(file)})`
  })
  const more = listings.length - lines.length
  return [
    'What stood when somebody looked? hoofprint answer lists it, with the records of its making',
    ...lines,
    ...(more > 0 ? [`  … and ${countOf(more, 'more listing')}`] : []),
  ]
}
