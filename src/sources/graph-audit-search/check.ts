import { check, clockStep, type Finding, requestStep, signOnStep } from '../microsoft/check.ts'
import type { LiveDeps, Tenant } from '../microsoft/tenant.ts'
import type { GraphAuditSearchOptions } from './options.ts'
import { clientOf } from './queries.ts'

/** Tries what searching the audit log needs: a cloud that has it, sign-on, role, clock. Submits nothing. */
export function checkGraphAuditSearch(
  tenant: Tenant,
  { version }: GraphAuditSearchOptions,
  deps: Pick<LiveDeps, 'now'>,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  const client = clientOf(tenant)
  const list = new URL(`/${version}/security/auditLog/queries`, client.api.root)
  return check([signOnStep(tenant, client), requestStep('audit search', client, list), clockStep(client, deps)], signal)
}
