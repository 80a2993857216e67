/** How sure is whose something was, or from where, by the number that `surest` gives. */
export const surenesses = ['record', 'session', 'inferred', null] as const

/** Of rows with a certainty or a method the strongest, in SQL, as `sure`: what is proven once is proven. */
export const surest = `min(case coalesce(certainty, method) when 'record' then 0 when 'recorded' then 0
  when 'session' then 1 when 'inferred' then 2 when 'nearest' then 2 else 3 end) as sure`
