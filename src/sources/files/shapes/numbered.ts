import type { Json } from '../../../activity.ts'

// What the audit log numbers (the schema's AuditLogUserType and ExchangeLogonType) and others name.
const names: Readonly<Record<string, readonly string[]>> = {
  UserType: 'Regular,Reserved,Admin,DcAdmin,System,Application,ServicePrincipal,CustomPolicy,SystemPolicy'.split(','),
  LogonType: 'Owner,Admin,Delegated,Transport,SystemService,BestAccess,DelegatedAdmin'.split(','),
}

/** A field's value as the audit log has it, where a name stands for its number. */
export function numbered(field: string, value: Json): Json {
  const number = typeof value === 'string' ? (names[field]?.indexOf(value) ?? -1) : -1
  return number === -1 ? value : number
}
