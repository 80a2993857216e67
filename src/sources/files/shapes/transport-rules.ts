import { type StateForm, stateShapes, withoutDashes } from './states.ts'

const begins = { State: /^(?:Enabled|Disabled)$/i }

// Columns: Get-TransportRule, of which CRT, M365IRScripts and scripts of one's own select some; reports of AdminDroid. Rules of Defender have a name, a state and a
// priority too, but none of these actions.
const forms: readonly StateForm[] = [
  {
    name: 'transport-rules',
    title: 'Mail flow rules listed by Get-TransportRule, or by Microsoft-Extractor-Suite',
    operation: 'TransportRule',
    columns: ['Name', 'State', 'Mode'],
    oneOf: ['Priority', 'Description', 'Actions', 'LastModifiedBy'],
    ...{ whose: [], begins },
  },
  {
    name: 'transport-rule-actions',
    title: 'Mail flow rules listed by M365IRScripts',
    operation: 'TransportRule',
    columns: ['Name', 'State'],
    oneOf: ['BlindCopyTo', 'RedirectMessageTo', 'AddToRecipients', 'CopyTo', 'FromScope', 'SetSCL'],
    ...{ whose: [], begins },
  },
  {
    name: 'transport-rule-report',
    title: 'Mail flow rules listed by AdminDroid',
    operation: 'TransportRule',
    columns: ['Mail Flow Rule Name', 'State', 'Mode'],
    names: {
      ...{ 'mail flow rule name': 'Name', 'redirect to': 'RedirectMessageTo' },
      'stop processing rule': 'StopRuleProcessing',
    },
    ...{ whose: [], begins, make: withoutDashes },
  },
]

/** Every form in which rules of the whole tenant are listed. */
export const transportRules = forms.map(stateShapes)
