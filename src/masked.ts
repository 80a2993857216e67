/**
 * A text without what was sent to log on: what stands between here and a server may send a request back, and what is told ends in logs, in the case and on
 * the service's page of health. Secrets go as they are, and as forms and JSON have them.
 */
export function masked(text: string, secrets: readonly (string | null | undefined)[]): string {
  let shown = text
  for (const secret of secrets) {
    if (secret === undefined || secret === null || secret === '') continue
    const inForm = new URLSearchParams([['', secret]]).toString().slice(1)
    const inJson = JSON.stringify(secret).slice(1, -1)
    for (const form of [secret, inForm, encodeURIComponent(secret), inJson]) shown = shown.replaceAll(form, '…')
  }
  return shown
}
