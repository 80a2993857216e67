import type { Json } from '../../../activity.ts'

// What the audit log numbers (the schema's AuditLogUserType and ExchangeLogonType) and others name.
const names: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  ['UserType', numbers('Regular,Reserved,Admin,DcAdmin,System,Application,ServicePrincipal,CustomPolicy,SystemPolicy')],
  // Mailbox audit logs have `Delegate`.
  ['LogonType', numbers('Owner,Admin,Delegated,Transport,SystemService,BestAccess,DelegatedAdmin').set('Delegate', 2)],
])

function numbers(list: string): Map<string, number> {
  return new Map(list.split(',').map((name, number) => [name, number]))
}

/** A field's value as the audit log has it, where a name stands for its number, or `2.0`: pandas has no whole numbers in a column with gaps. */
export function numbered(field: string, value: Json): Json {
  const own = names.get(field)
  if (typeof value !== 'string' || own === undefined) return value
  return /^\d+\.0$/.test(value) ? Number(value) : (own.get(value) ?? value)
}
