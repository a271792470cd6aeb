// The HTML report in a browser: narrow and wide, light and dark, without script, on paper, and with evidence that means harm.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import axe from 'axe-core'
import { type Browser, chromium as engine, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Finding } from '../src/findings/finding.ts'
import { sinks } from '../src/findings/sinks/index.ts'
import {
  type EventFields,
  eventKey,
  type RunReport,
} from '../src/findings/sinks/sink.ts'
import { WrittenText } from '../src/findings/written.ts'

import { builtinChecks, loadChecks } from '../src/app/posture/checks.ts'
import { stoppedAndSeen } from '../src/app/posture/joined.ts'

import { chromium } from './tools/browser.ts'

const harm = {
  markup:
    '</td></table><h1>owned</h1><img src=http://192.0.2.1/x onerror="window.owned=1">',
  script: '</script><script>window.owned=1</script>',
  style: '</style><style>*{display:none}</style>',
  bidi: 'safe\u202egnp.exe',
  'name"><b>': 'x',
  long: 'A'.repeat(1_000_000),
}

function finding(
  i: number,
  fields: Record<string, string> = { Image: `C:\\p${i}.exe` },
): Finding {
  return {
    id: i.toString(16).padStart(16, '0'),
    time: new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString(),
    host: `ws${i % 7}`,
    rule: {
      id: `r${i % 3}`,
      title: `Rule ${i % 3}`,
      level: i % 3 ? 'high' : 'low',
    },
    techniques: ['T1559.001'],
    evidence: [
      {
        file: 'logs/a.evtx',
        record: i,
        offset: i * 512,
        time: null,
        logSource: { product: 'windows', category: 'process_creation' },
        fields,
      },
    ],
    explanation: {
      why: 'It matters.',
      held: ['Image is x'],
      missing: [],
      benign: ['tests'],
      mitigations: ['M1040'],
      silence: [],
    },
  }
}

/** What reports show besides findings, with values that mean harm where they come from outside. */
function rich(): RunReport {
  const check = loadChecks(builtinChecks).checks.find(
    (c) => c.id === 'windows-word-dde',
  )!
  const place = {
    status: 'fail' as const,
    actual: harm.markup,
    key: 'HKU\\x',
    name: 'AllowDDE',
    file: 'NTUSER.DAT',
    offset: 4096,
    about: {},
  }
  const checked = {
    check,
    status: 'fail' as const,
    expected: 'at most 1',
    places: [place],
    more: 0,
  }
  const coverage = [
    {
      technique: 'T1559.002',
      platforms: { windows: { saw: 1, 'can see': 2, blind: 3 } },
    },
    {
      technique: 'T1559.003',
      platforms: { macos: { saw: 0, 'can see': 0, blind: 3 } },
    },
  ]
  const whole = (i: number) => [
    eventKey({ file: 'logs/a.evtx', record: i, offset: i * 512 }),
    {
      Image: `C:\\p${i}.exe`,
      ProcessId: 40 + i,
      ParentImage: `C:\\p${i - 1}.exe`,
      ParentProcessId: 39 + i,
      Only: harm.script,
    },
  ]
  return {
    names: new Map([['T1559.002', 'Dynamic Data Exchange']]),
    coverage,
    posture: [checked],
    joined: stoppedAndSeen([checked], coverage),
    events: new Map([2, 3, 4].map((i) => whole(i) as [string, EventFields])),
    sections: [{ title: 'What was read', items: ['<b>1 file</b>'] }],
  }
}

function report(
  file: string,
  findings: Iterable<Finding>,
  run: RunReport = {
    sections: [{ title: 'What was read', items: ['<b>1 file</b>'] }],
  },
): string {
  const parts: string[] = []
  const sink = sinks.html.open({
    write: (part) => parts.push(Buffer.from(part).toString()),
    colour: false,
    width: Number.POSITIVE_INFINITY,
    examples: 3,
  })
  for (const f of findings) sink.finding(new WrittenText(JSON.stringify(f)))
  sink.end(run)
  writeFileSync(file, parts.join(''))
  return pathToFileURL(file).href
}

const browserPath = chromium()

/** Nothing lies beyond the right edge. */
const fits = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth <= innerWidth')

interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** What keeps people from using the page, gravely. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate('axe.run()')) as {
    violations: Violation[]
  }
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 200)}`)
}
if (!browserPath)
  console.log(
    'skipped: no Chromium on this machine (npx tsx scripts/test-browser.ts installs it on Debian)',
  )

describe.runIf(browserPath)('html report', () => {
  let browser: Browser
  let folder = ''
  let small = ''
  let full = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'report-'))
    small = report(join(folder, 'small.html'), [
      finding(1, harm),
      ...[2, 3, 4, 5, 6].map((i) => finding(i)),
    ])
    // One incident: each starts the next, and the last reaches a pipe that the first offers.
    const tied = (f: Finding): Finding => ({
      ...f,
      incident: 'abc',
      host: 'ws1',
      rule: { ...f.rule, level: 'high' },
      evidence: f.evidence.map((e) => ({ ...e, ties: ['session 0x1'] })),
    })
    const pipe = finding(5, {
      Image: 'C:\\p4.exe',
      PipeName: '\\spoolss',
      TargetImage: 'C:\\spoolsv.exe',
    })
    full = report(
      join(folder, 'full.html'),
      [...[2, 3, 4].map((i) => finding(i)), pipe].map(tied),
      rich(),
    )
    browser = await engine.launch({
      executablePath: browserPath!,
      args: ['--no-sandbox'],
    })
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(
    url: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ page: Page; said: string[] }> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const said: string[] = []
    page.on('console', (m) => said.push(`${m.type()}: ${m.text()}`))
    page.on('pageerror', (e) => said.push(String(e)))
    page.on('request', (r) => {
      if (r.url() !== url) said.push(`request: ${r.url()}`)
    })
    await page.goto(url, { timeout: 120_000 })
    return { page, said }
  }

  it.each([
    ['a phone', 360, 'light'],
    ['a desktop', 1400, 'dark'],
  ] as const)(
    'fits %s, is accessible, and asks for nothing',
    async (_, width, colorScheme) => {
      // Its own policy would keep the tester out as well.
      const { page, said } = await open(small, {
        viewport: { width, height: 800 },
        colorScheme,
        bypassCSP: true,
      })
      expect(await fits(page)).toBe(true)
      await page.evaluate(
        'document.querySelectorAll("details").forEach((d) => { d.open = true })',
      )
      expect(await fits(page)).toBe(true)
      expect(await faultsOf(page)).toEqual([])
      expect(said).toEqual([])
      await page.context().close()
    },
  )

  it.each([
    ['a phone', 360, 'dark'],
    ['a desktop', 1400, 'light'],
  ] as const)(
    'shows lineage, edges, whole events, coverage and posture on %s',
    async (_, width, colorScheme) => {
      const { page, said } = await open(full, {
        viewport: { width, height: 800 },
        colorScheme,
        bypassCSP: true,
      })
      const links = await page.locator('nav a').allTextContents()
      expect(links).toEqual([
        'Summary',
        'Incidents',
        'Findings',
        'Coverage',
        'Posture',
        'The run',
      ])
      const drawn = await page
        .locator('svg.draw')
        .evaluateAll((all) => all.map((s) => s.getAttribute('aria-label')))
      expect(drawn).toEqual([
        'p1.exe started p2.exe; p2.exe started p3.exe; p3.exe started p4.exe',
        'p4.exe through \\spoolss to spoolsv.exe',
      ])
      // By keyboard: a finding is opened, and its whole event in it.
      const finding = page.locator('section.rule details[data-part]').first()
      await finding.locator('> summary').focus()
      await page.keyboard.press('Enter')
      await finding.locator('details.whole > summary').focus()
      await page.keyboard.press('Enter')
      expect(await finding.locator('details.whole').textContent()).toContain(
        harm.script,
      )
      expect(await page.locator('table.matrix tbody tr').count()).toBe(2)
      expect(
        await page.locator('#posture ~ div').first().textContent(),
      ).toContain('Dynamic Data Exchange: open, and it was seen here')
      expect(await page.evaluate('document.images.length')).toBe(0)
      expect(await fits(page)).toBe(true)
      expect(await faultsOf(page)).toEqual([])
      expect(said).toEqual([])
      await page.context().close()
    },
  )

  it('shows markup, scripts, styles, turned letters and long values as text', async () => {
    const { page, said } = await open(small)
    expect(await page.evaluate('window.owned')).toBeUndefined()
    expect(
      await page.evaluate(
        'document.images.length + document.querySelectorAll("td b, h1 ~ h1").length',
      ),
    ).toBe(0)
    const text = (await page.evaluate('document.body.textContent')) as string
    expect(text).toContain(harm.script)
    expect(text).toContain(harm.markup)
    expect(text).toContain('safe\\u202egnp.exe')
    expect(text).toContain('1,000,000 characters')
    expect(said).toEqual([])
    await page.context().close()
  })

  it('is searched by keyboard, and tells how much is shown', async () => {
    const { page } = await open(small)
    await page.focus('#words')
    await page.keyboard.type('p5.exe')
    await page.getByText('1 of 6 shown').waitFor()
    expect(
      await page.evaluate(
        'document.querySelectorAll("[data-part]:not([hidden])").length',
      ),
    ).toBe(1)
    await page.context().close()
  })

  it('is read without script, and printed', async () => {
    const { page } = await open(small, { javaScriptEnabled: false })
    expect(await page.locator('details').count()).toBe(6)
    expect(await page.locator('#find').isHidden()).toBe(true)
    await page.context().close()
    const printed = await open(small)
    expect((await printed.page.pdf()).length).toBeGreaterThan(10_000)
    await printed.page.context().close()
  })

  it('opens with 100,000 findings', async () => {
    function* many() {
      for (let i = 0; i < 104_500; i++) yield finding(i)
    }
    const file = join(folder, 'many.html')
    const url = report(file, many())
    expect(statSync(file).size).toBeLessThan(80 * 1024 * 1024)
    const { page, said } = await open(url)
    expect(await page.locator('h1').textContent()).toBe('ipcwatch: findings')
    expect(
      await page.evaluate('document.querySelectorAll("[data-part]").length'),
    ).toBe(100_600)
    expect(
      await page.evaluate(
        'document.body.textContent.includes("found no room here")',
      ),
    ).toBe(true)
    expect(said).toEqual([])
    await page.context().close()
  }, 240_000)
})
