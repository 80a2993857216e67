import { graphSignIn, type SignIn } from '../sign-in.ts'
import type { EvidenceFile } from './file.ts'

/** Sign-ins as Graph gives them: one page, newest first, saved with indents. */
export function graphSignIns(path: string, signIns: SignIn[]): EvidenceFile {
  const newest = signIns.toReversed()
  const page = {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#auditLogs/signIns',
    value: newest.map(graphSignIn),
  }
  const content = Buffer.from(`${JSON.stringify(page, undefined, 2)}\n`)
  return { path, shape: 'graph-signins', content, ids: newest.map(({ id }) => id) }
}
