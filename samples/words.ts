import type { Random } from './random.ts'

/** Somebody who writes to the mailbox. */
export type Person = { name: string; address: string }

/** A kind of mail: how its subject is made, and whether it is about money. */
export type Topic = { subject(random: Random): string; money: boolean; attachment: boolean }

/** The mailbox whose activities the sample tells. */
export const mailbox = 'maria.lindqvist@northquay.example'

/** People whose mail is personal enough to be read. */
export const people: Person[] = [
  { name: 'Jonas Ekdahl', address: 'jonas.ekdahl@northquay.example' },
  { name: 'Priya Raman', address: 'priya.raman@northquay.example' },
  { name: 'Tomasz Wolny', address: 'tomasz.wolny@northquay.example' },
  { name: 'Aino Kettunen', address: 'aino.kettunen@northquay.example' },
  { name: "Sean O'Neil", address: "sean.o'neil@oneil-marine.example" },
  { name: 'Patrick "Paddy" O\'Brien', address: 'paddy@brightbuoy.example' },
  { name: 'Zoë Lefèvre', address: 'zoe.lefevre@quai-sud.example' },
  { name: '山田 太郎', address: 'yamada@minato-line.example' },
  { name: 'Ольга Смирнова', address: 'olga.smirnova@sever-port.example' },
  { name: 'Grace Abiodun', address: 'g.abiodun@lagoonfreight.example' },
  { name: 'Helmut Voß', address: 'voss@kranbau-voss.example' },
  { name: 'Ines Carvalho', address: 'ines@carvalho-ropes.example' },
  { name: 'Dag Nymoen', address: 'dag.nymoen@fjordtow.example' },
  { name: 'Layla Haddad', address: 'layla@cedarshipping.example' },
  { name: '', address: 'accounts@saltmarsh-bank.example' },
  { name: 'Harbour Office', address: 'office@port-authority.example' },
]

/** Senders of mail that nobody opens. */
export const bulkSenders: Person[] = [
  { name: 'Tide Tables Daily', address: 'news@tidetables.example' },
  { name: 'Scanner 3rd floor', address: 'scanner@northquay.example' },
  { name: 'Backup report', address: 'backup@northquay.example' },
  { name: 'Chandlers Weekly', address: 'weekly@chandlers-press.example' },
  { name: 'Ticket desk', address: 'tickets@northquay.example' },
]

const vessels = ['MV Alma', 'MV Skarv', 'MS Børø', 'MV Corncrake', 'SS Tilde', 'MV "Old Harry"', "MV Fisher's Pride"]
const places = ['pier 4', 'the north quay', 'Gothenburg', 'Le Havre', 'the cold store', 'gate B']
const goods = ['mooring rope', 'deck paint', 'anchor chain', 'life rafts', 'hydraulic oil', 'winch parts', 'tarpaulins']
const months = ['January', 'February', 'March', 'April', 'May', 'Q1', 'Q2']

/** What people write about. */
export const topics: Topic[] = [
  money((r) => `Invoice ${r.whole(20110, 20990)} for ${r.pick(goods)}`),
  money((r) => `Invoice ${r.whole(20110, 20990)}; ${r.pick(vessels)}, ${r.pick(places)}`),
  money((r) => `Payment reminder: invoice ${r.whole(20110, 20990)}`),
  money((r) => `Wire transfer for ${r.pick(vessels)}, reference ${r.hex(6).toUpperCase()}`),
  money((r) => `Statement of account, ${r.pick(months)} 2018`),
  money((r) => `Remittance advice ${r.whole(4000, 4999)}`),
  paper((r) => `Quote for ${r.pick(goods)} (${r.whole(2, 60)} units)`),
  paper((r) => `Bill of lading ${r.hex(4).toUpperCase()}-${r.whole(100, 999)}`),
  paper((r) => `Minutes of the ${r.pick(months)} safety meeting`),
  paper((r) => `${r.pick(vessels)}: survey report, page ${r.whole(1, 40)}`),
  talk((r) => `${r.pick(vessels)} is late at ${r.pick(places)}`),
  talk((r) => `Where are the ${r.pick(goods)}?`),
  talk((r) => `Lunch on the ${r.whole(2, 28)}th?`),
  talk((r) => `Re: berth for ${r.pick(vessels)}`),
  talk((r) => `Crane at ${r.pick(places)} - week ${r.whole(9, 22)}`),
  talk((r) => `It's about order ${r.whole(7000, 7999)}`),
  talk((r) => `Can't find the ${r.pick(goods)} at ${r.pick(places)}`),
  talk((r) => `Re: "${r.pick(goods)}" - who signs?`),
  talk((r) => `Holiday list, ${r.pick(months)} – please check`),
  talk((r) => `Vedr. ${r.pick(goods)}: ønsket levering uke ${r.whole(10, 22)}`),
  talk((r) => `Försenad leverans, ${r.pick(vessels)}`),
]

/** What machines and newsletters write about. */
export const bulkTopics: Topic[] = [
  talk((r) => `Tides for ${r.pick(places)}, table ${r.whole(1000, 9999)}`),
  talk((r) => `Scan ${r.whole(10000, 99999)} from the 3rd floor`),
  talk((r) => `Backup of ${r.pick(['files', 'mail', 'ledger'])} finished: ${r.whole(100, 990)} GB, 0 errors`),
  talk((r) => `${r.whole(5, 40)} offers for ${r.pick(goods)} this week`),
  talk((r) => `[Ticket ${r.whole(30000, 39999)}] has a new answer`),
]

/** Subjects that break careless readers, writers and spreadsheets. */
export const awkwardSubjects = [
  "O'Neil's wire, transfer: urgent",
  'Re: the "final" price list',
  'Sean\'s "last" offer; valid \'til Friday',
  '🚢 Launch party 🎉 bring 👩‍👩‍👧 and snacks',
  'Rope; chain; paint; and so on;',
  'Rates:\tQ1\tQ2\nsee the\r\nlines below',
  '請求書 2018年4月分 – 山田',
  'Счёт на оплату № 118',
  'فاتورة رقم 204',
  '<script>alert(1)</script>',
  '<img src=x onerror="alert(\'2\')"> & more',
  '=HYPERLINK("http://x.example","y")',
  '@SUM(1+1)',
  '+46 and -2 crates',
  'Invoice \u202Efdp.exe',
  'Non\u00A0breaking\u2028separators\u200B and a bell \u0007',
  'C:\\scans\\new\\table.csv',
  '{{ subject }} $(subject) {"a": 1} %s',
  "'",
  '"',
  '',
  `FW: ${'FW: RE: FW: the delivery of the mooring ropes that we spoke about '.repeat(5)}`.slice(0, 300),
]

function money(subject: Topic['subject']): Topic {
  return { subject, money: true, attachment: true }
}

function paper(subject: Topic['subject']): Topic {
  return { subject, money: false, attachment: true }
}

function talk(subject: Topic['subject']): Topic {
  return { subject, money: false, attachment: false }
}
