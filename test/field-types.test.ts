import { expect, test } from '@jest/globals'
import { type Mapping, type Mappings, mappingsOf } from '#src/mappings.ts'

// Of elastic/integrations, packages o365 (data_stream/audit/fields) and azure (signinlogs, graphactivitylogs); what they leave to
// dynamic mapping is of the type that JSON has in Microsoft's records.
const types: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'o365-audit': {
    'o365.audit.AppAccessContext.IssuedAtTime': 'keyword',
    'o365.audit.CreationTime': 'keyword',
    'o365.audit.CrossMailboxOperation': 'boolean',
    'o365.audit.CustomUniqueId': 'boolean',
    'o365.audit.ExternalAccess': 'boolean',
    'o365.audit.FileSizeBytes': 'long',
    'o365.audit.IsManagedDevice': 'boolean',
    'o365.audit.OperationCount': 'long',
    'o365.audit.RecordType': 'keyword',
    'o365.audit.SensitiveInfoDetectionIsIncluded': 'boolean',
    'o365.audit.Target.Type': 'keyword',
    'o365.audit.UserType': 'keyword',
  },
  'azure-signinlogs': {
    'azure.signinlogs.properties.applied_conditional_access_policies': 'flattened',
    'azure.signinlogs.properties.authentication_details': 'flattened',
    'azure.signinlogs.properties.autonomous_system_number': 'long',
    'azure.signinlogs.properties.created_at': 'date',
    'azure.signinlogs.properties.device_detail.is_managed': 'boolean',
    'azure.signinlogs.properties.processing_time_ms': 'float',
    'azure.signinlogs.properties.status.error_code': 'long',
    'azure.signinlogs.result_type': 'keyword',
  },
  'azure-graphactivitylogs': {
    'azure.graphactivitylogs.properties.client_auth_method': 'integer',
    'azure.graphactivitylogs.properties.token_issued_at': 'date',
    'azure.graphactivitylogs.result_signature': 'keyword',
  },
}

test.each(
  Object.entries(types),
)('fields of %s that Elastic’s integrations have too are of their types: else no rule in ES|QL or EQL runs over both', (component, expected) => {
  const mappings = mappingsOf(`hoofprint-${component}`)

  const found = Object.keys(expected).map((field) => [field, typeOf(mappings, field)])

  expect(Object.fromEntries(found)).toEqual(expected)
})

function typeOf(mappings: Mappings, field: string): string | undefined {
  const names = field.split('.')
  const place = names.reduce<Mapping>(({ properties = {} }, name) => properties[name] ?? {}, { properties: mappings })
  return place.type
}
