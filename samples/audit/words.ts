import type { Random } from '../random.ts'
import type { Topic } from './mail.ts'

const goods = ['mooring rope', 'deck paint', 'anchor chain', 'life rafts', 'hydraulic oil', 'winch parts', 'fenders']
const projects = ['north quay', 'crane 3', 'cold store', 'gate B', 'dry dock', 'new berth']

/** Outside addresses that write to the firm. */
export const partners = [
  'orders@contoso.example',
  'ar@contoso.example',
  'mia.berg@contoso.example',
  'k.sato@minato-line.example',
  "p.o'brien@brightbuoy.example",
  'voss@kranbau-voss.example',
  'zoe.lefevre@quai-sud.example',
  'accounts@saltmarsh-bank.example',
]

/** Senders of mail that is hardly read. */
export const bulkSenders = ['news@tidetables.example', 'weekly@chandlers-press.example', 'noreply@parcels.example']

const topics: ((random: Random) => Topic)[] = [
  (r) => {
    const number = r.whole(20410, 20990)
    return { subject: `Invoice ${number} for ${r.pick(goods)}`, money: true, attachment: `invoice-${number}.pdf` }
  },
  (r) => ({ subject: `Payment reminder: invoice ${r.whole(20410, 20990)}`, money: true }),
  (r) => ({ subject: `Remittance advice ${r.whole(4000, 4999)}`, money: true, attachment: 'remittance.pdf' }),
  (r) => ({ subject: `Wire transfer, reference ${r.hex(6).toUpperCase()}`, money: true }),
  (r) => ({ subject: `Quote for ${r.pick(goods)} (${r.whole(2, 60)} units)`, attachment: 'quote.xlsx' }),
  (r) => ({ subject: `${r.pick(projects)}: minutes of week ${r.whole(2, 7)}`, attachment: 'minutes.docx' }),
  (r) => ({ subject: `Where are the ${r.pick(goods)}?` }),
  (r) => ({ subject: `Re: schedule for ${r.pick(projects)}` }),
  (r) => ({ subject: `Lunch on the ${r.whole(2, 28)}th?` }),
  (r) => ({ subject: `It's about order ${r.whole(7000, 7999)}` }),
  (r) => ({ subject: `Holiday list – please check (${r.pick(projects)})` }),
  (r) => ({ subject: `Vedr. ${r.pick(goods)}: ønsket levering uke ${r.whole(3, 9)}` }),
]

/** Subjects that break careless readers, writers and spreadsheets. */
export const awkwardSubjects = [
  'O\'Brien\'s "final" price, urgent; see below',
  '🚢 Launch 🎉 bring 👩‍👩‍👧',
  'Rates:\tQ1\tQ2\r\nsee the lines below',
  '請求書 2026年1月分',
  'فاتورة رقم 204',
  '<img src=x onerror="alert(1)"> & more',
  '=HYPERLINK("http://x.example","y")',
  '+46 and -2 crates',
  '{"subject": "in braces"} %s $(x)',
  '',
]

/** What somebody writes about. */
export function anyTopic(random: Random): Topic {
  return random.pick(topics)(random)
}

/** What newsletters and machines write about. */
export function bulkTopic(random: Random): Topic {
  const subjects = [
    `Tides, table ${random.whole(1000, 9999)}`,
    `${random.whole(5, 40)} offers this week`,
    'Your parcel',
  ]
  return { subject: random.pick(subjects), bulk: true }
}

/** What the owners look for; some of it is what an intruder looks for too. */
export const ownSearches = {
  mailbox: ['lunch menu', 'minutes crane', 'invoice 20', 'holiday', 'from:mia', 'dry dock', 'payment plan', 'parcel'],
  sharepoint: ['travel policy', 'price list 2026', 'crane manual', 'budget template'],
}

/** Files of the finance site. */
export const files = [
  'Budget 2026.xlsx',
  'Crane manual.pdf',
  'Customers and bank accounts.xlsx',
  'Dry dock plan.docx',
  'Holiday list.xlsx',
  'Invoice template.docx',
  'Minutes week 3.docx',
  'Minutes week 4.docx',
  'Open invoices January.xlsx',
  'Payment run 2026-01.xlsx',
  'Payment run 2026-02.xlsx',
  'Price list 2026.xlsx',
  'Signatures.pdf',
  'Supplier contracts.pdf',
  'Travel policy.pdf',
]
