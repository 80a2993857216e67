import { stateShapes } from './states.ts'

/** Rules of the whole tenant, as Get-TransportRule and Get-TransportRules of Microsoft-Extractor-Suite list them. */
export const transportRules = stateShapes({
  name: 'transport-rules',
  title: 'Mail flow rules listed by Get-TransportRule, or by Microsoft-Extractor-Suite',
  operation: 'TransportRule',
  columns: ['Name', 'State', 'Mode'],
  oneOf: ['Priority', 'Description'],
  whose: [],
  begins: { State: /^(?:Enabled|Disabled)$/i },
})
