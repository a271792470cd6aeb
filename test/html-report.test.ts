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
import { WrittenText } from '../src/findings/written.ts'

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

function report(file: string, findings: Iterable<Finding>): string {
  const parts: string[] = []
  const sink = sinks.html.open({
    write: (part) => parts.push(Buffer.from(part).toString()),
    colour: false,
    width: Number.POSITIVE_INFINITY,
    examples: 3,
  })
  for (const f of findings) sink.finding(new WrittenText(JSON.stringify(f)))
  sink.end({ sections: [{ title: 'What was read', items: ['<b>1 file</b>'] }] })
  writeFileSync(file, parts.join(''))
  return pathToFileURL(file).href
}

const browserPath = chromium()
if (!browserPath)
  console.log(
    'skipped: no Chromium on this machine (npx tsx scripts/test-browser.ts installs it on Debian)',
  )

describe.runIf(browserPath)('html report', () => {
  let browser: Browser
  let folder = ''
  let small = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'report-'))
    small = report(join(folder, 'small.html'), [
      finding(1, harm),
      ...[2, 3, 4, 5, 6].map((i) => finding(i)),
    ])
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
      expect(
        await page.evaluate(
          'document.documentElement.scrollWidth <= innerWidth',
        ),
      ).toBe(true)
      await page.evaluate(
        'document.querySelectorAll("details").forEach((d) => { d.open = true })',
      )
      expect(
        await page.evaluate(
          'document.documentElement.scrollWidth <= innerWidth',
        ),
      ).toBe(true)
      await page.evaluate(axe.source)
      const { violations } = (await page.evaluate('axe.run()')) as {
        violations: { id: string; impact: string; nodes: { html: string }[] }[]
      }
      const serious = violations.filter(
        (v) => v.impact === 'serious' || v.impact === 'critical',
      )
      expect(
        serious.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 200)}`),
      ).toEqual([])
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
