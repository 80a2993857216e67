import { type Html, html, type Part } from './html.ts'

/** One section of the page. */
export interface Section {
  readonly id: string
  readonly title: string
  /** What a row proves, and what it does not. */
  readonly proves?: string | Html
  /** Said in one line instead of all when there is nothing to show. */
  readonly nothing?: string | undefined
}

/** What absence means, everywhere. */
export const noProof = 'That is not proof that there was none.'

/** A heading and what stands under it; where there is nothing, one line. */
export function section({ id, title, proves, nothing }: Section, body: () => Part): Html {
  if (nothing !== undefined) {
    return html`<section id="${id}" class="empty" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2> <p class="nothing">${nothing}</p>
</section>
`
  }
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${proves === undefined ? undefined : html`<p class="proves">${proves}</p>`}
${body()}
</section>
`
}
