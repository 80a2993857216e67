// Entra's own list of AADSTS codes. What each means for whoever set this up.
const advice: Readonly<Record<string, string>> = {
  '7000215': 'the client secret is wrong: give its value, not its id',
  '7000222': 'the client secret has expired: make a new one',
  '700016': 'no app of this clientId in this tenant: check both, and the cloud',
  '90002': 'there is no such tenant in this cloud',
  '900023': 'there is no such tenant in this cloud',
  '700027': 'the certificate is not registered with the app, or does not fit its key',
  '700024': 'the assertion’s time does not fit: set this machine’s clock',
  '700021': 'the assertion is not of this app: check the clientId',
  '70021': 'no federated credential of the app fits the token’s issuer and subject',
  '700213': 'no federated credential of the app fits the token’s issuer and subject',
  '700211': 'no federated credential of the app fits the token’s issuer and subject',
  '700212': 'no federated credential of the app fits the token’s audience',
  '500011': 'this tenant does not know the service: check the cloud, and that it has Microsoft 365',
  '65001': 'an administrator must consent to the app’s permissions',
  '7000112': 'the app is disabled in this tenant',
  '53003': 'a conditional access policy keeps this workload out',
  '50034': 'the account does not exist in this tenant',
}

// Those which Entra gives while it is itself in trouble.
const passing = /AADSTS(90033|50196|90019|500133)\b/

// 404 and 410: a machine’s managed identity answers so while it is being set up. 0: there was no answer.
const passingStatuses = [0, 404, 408, 410, 429]

/** What became of a sign-on that failed: whether trying again helps, and what to tell. */
export function signOnProblem(status: number, said: string): { isPassing: boolean; text: string } {
  const code = /AADSTS(\d+)/.exec(said)?.[1]
  const line = said.split(/\r|\n| Trace ID:/)[0]?.slice(0, 300) ?? ''
  const isPassing = passingStatuses.includes(status) || status >= 500 || passing.test(said)
  const what = advice[code ?? ''] ?? 'check tenant, cloud and credentials'
  return { isPassing, text: isPassing ? line : `${line}: ${what}` }
}
