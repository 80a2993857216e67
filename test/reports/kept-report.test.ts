import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { hoofprint } from '../support/cli.ts'
import { header } from '../support/files.ts'
import { fileOf, temporaryFolder, temporaryFolderOfSuite } from '../support/folder.ts'
import { writeMmdb } from '../support/mmdb.ts'

const logon =
  "2018-06-20T08:59:00.000Z,Exchange,ServerLogon,,2018-06-20T08:59:00.900Z,,\"{'UserName': 'alice@contoso.example', 'Result': 'Success', 'ClientIP': '192.0.2.7'}\""
const search = "2018-06-20T09:00:00.000Z,Web,SearchResult,,2018-06-20T09:00:00.900Z,s1,{'Query': 'invoice'}"
const laterSearch = "2018-06-21T09:00:00.000Z,Web,SearchResult,,2018-06-21T09:00:00.900Z,s1,{'Query': 'payroll'}"
const broken = '2018-06-20T09:01:00.000Z,Web,SearchResult,,x,s1'

describe('importing what the case knows', () => {
  let folder: string
  let evidence: string
  // Each of these leaves reports that stand, of a case that any other may begin with.
  const suite = temporaryFolderOfSuite()
  beforeAll(() => {
    folder = join(suite, 'case')
    evidence = join(suite, 'activities.csv')
    writeFileSync(evidence, `${[header, logon, search, broken].join('\n')}\n`)
    expect(hoofprint(['import', evidence, '--case', folder]).code).toBe(0)
  })

  const report = (name: string) => join(folder, 'reports', name)
  const importAgain = (...more: string[]) => hoofprint(['import', evidence, '--case', folder, ...more])
  const written = () => statSync(report('report.html'), { bigint: true }).mtimeNs

  test('leaves the reports as they are, and gives the same answers', () => {
    const before = written()
    const [first, second] = [hoofprint(['report', '--case', folder, '--json']), importAgain('--json')]
    const after = written()
    const { files, ...again } = JSON.parse(second.out)

    expect(files).toMatchObject([{ fate: 'known' }])
    expect(again).toEqual(JSON.parse(first.out))
    expect(after).toBeGreaterThan(before) // `report` writes whenever it is asked to.
    expect(importAgain().out).toMatch(/1 search\n.*Nothing is new: the reports written at .* stand/s)
    expect(written()).toBe(after)
  })

  test('keeps answers in which nothing hides and that move no cursor, as `--json` prints them', () => {
    const hiding = search.replace('invoice', 'in\u009b31mvo\u202eice')
    const own = join(temporaryFolder(), 'case')
    hoofprint(['import', fileOf(`${[header, logon, hiding].join('\n')}\n`), '--case', own])

    const kept = readFileSync(join(own, 'reports/answers.json'), 'utf8')

    expect(kept).not.toMatch(/[\u009b\u202e]/)
    expect(JSON.stringify(JSON.parse(kept))).toContain('in\u009b31mvo\u202eice')
  })

  test.each<[string, () => unknown]>([
    ['new evidence', () => importNew(`${[header, logon, laterSearch].join('\n')}\n`)],
    ['a mark', () => hoofprint(['sessions', '--hostile', '192.0.2.7', '--case', folder])],
    ['a file that could not be read', () => hoofprint(['import', fileOf('a,b\n1,2\n'), '--case', folder])],
    ['a table that is gone', () => rmSync(report('case-search-activity.tsv'))],
    ['a table that somebody edited', () => appendFileSync(report('case-search-activity.tsv'), 'x')],
    ['kept answers that are broken', () => writeFileSync(report('answers.json'), '{')],
    ['kept answers of nothing', () => writeFileSync(report('answers.json'), '{"stamp":"","files":{}}')],
  ])('writes them anew after %s, once', (_, change) => {
    const before = written()
    change()
    importAgain()
    const after = written()

    const { out } = importAgain()

    expect(after).toBeGreaterThan(before)
    expect(out).toContain('Nothing is new')
    expect(written()).toBe(after)
  })

  test('of a case that was given another name takes away the tables that had the former one, and nothing else that it names', () => {
    const renamed = join(temporaryFolder(), 'renamed')
    cpSync(folder, renamed, { recursive: true })
    const kept = JSON.parse(readFileSync(join(renamed, 'reports/answers.json'), 'utf8'))
    kept.tables['move-activity'] = '../other-move-activity.tsv'
    kept.tables['send-activity'] = 'notes.txt'
    const others = ['other-move-activity.tsv', 'reports/notes.txt'].map((name) => join(renamed, name))
    for (const path of others) writeFileSync(path, '')
    writeFileSync(join(renamed, 'reports/answers.json'), JSON.stringify(kept))

    const { code } = hoofprint(['report', '--case', renamed])

    const tables = readdirSync(join(renamed, 'reports')).filter((name) => /^case-.*[.]tsv$/.test(name))
    expect(code).toBe(0)
    expect(tables).toEqual(['case-move-activity.tsv', 'case-send-activity.tsv']) // What names these was changed.
    expect(others.map((path) => existsSync(path))).toEqual([true, true])
  })

  test('tells a database that was replaced, whatever it says of itself', () => {
    const path = join(temporaryFolder(), 'own.mmdb')
    const countryOf = (iso_code: string) => {
      writeMmdb(path, { '192.0.2.0/24': { country: { iso_code } } }, { type: 'DBIP-City' })
      return JSON.parse(importAgain('--geo-db', path, '--json').out).answers.logonsByAddress[0].country
    }

    expect([countryOf('DE'), countryOf('FR')]).toEqual(['DE', 'FR'])
  })

  function importNew(text: string) {
    return hoofprint(['import', fileOf(text), '--case', folder])
  }
})
