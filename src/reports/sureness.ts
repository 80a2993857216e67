/** How sure is whose something was, or from where, by the number that `surestOf` gives. */
export const surenesses = ['record', 'session', 'inferred', null] as const

/** Of rows the strongest certainty or method, in SQL, as `sure`: what is proven once is proven. */
export const surestOf = (column: string) => `min(case ${column} when 'record' then 0 when 'recorded' then 0
  when 'session' then 1 when 'inferred' then 2 when 'nearest' then 2 else 3 end) as sure`

/** The same of rows that have both: where no mark says more, how an address is known is how sure it is whose it was. */
export const surest = surestOf('coalesce(certainty, method)')

/** Whether it is only inferred that a row is the intruder's, in SQL: what says more stands before it, and is told apart from it. */
export const isInferred = "(marked is 'intruder' and certainty is 'inferred')"

/**
 * In which order rows stand, and are chosen where there is no room for all, in SQL: the marked intruder's before everybody's, and behind them what is
 * only inferred to be his.
 */
export const intruderFirst = `iif(marked is 'intruder', certainty is 'inferred', 2)`

/** The same of groups of rows: of each the surest counts. */
export const intrudersFirst = `min(${intruderFirst})`

/** The same of a group of rows: of none of them is it more than inferred. */
export const isAllInferred = `min(${isInferred})`
