import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContext, ConsoleMessage, Page } from '@playwright/test'
import { expect, test as base } from '@playwright/test'
import type Axe from 'axe-core'
import type { RunOptions } from 'axe-core'
import { servers } from './servers'

const CLIPBOARD = ['clipboard-read', 'clipboard-write']

interface Own {
  quiet: undefined
  /** Whether the test has a browser context of its own, to which everything is new. */
  fresh: boolean
}

interface Kept {
  /** The contexts that outlive their tests, by language. */
  kept: Map<string | undefined, BrowserContext>
}

/**
 * A page serves one test after another: to start a process and compile everything anew is more than half of what
 * loading the dashboard costs. Between tests it leaves the dashboard and forgets what was stored. Every test fails on
 * a script error or on anything that the Content-Security-Policy stopped.
 */
export const test = base.extend<Own, Kept>({
  baseURL: async ({}, provide, { parallelIndex }) => provide(servers[parallelIndex]),
  fresh: [false, { option: true }],
  kept: [
    async ({}, provide) => {
      const kept: Kept['kept'] = new Map()
      await provide(kept)
      await Promise.all([...kept.values()].map((context) => context.close()))
    },
    { scope: 'worker' },
  ],
  context: async ({ browser, kept, fresh, locale }, provide) => {
    const context = (!fresh && kept.get(locale)) || (await browser.newContext({ permissions: CLIPBOARD }))
    if (!fresh) kept.set(locale, context)
    await provide(context)
    if (fresh) await context.close()
  },
  page: async ({ context, fresh, viewport, colorScheme }, provide) => {
    const page = context.pages()[0] ?? (await context.newPage())
    if (viewport) await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    await provide(page)
    if (!fresh && !page.isClosed()) await forget(page)
  },
  quiet: [
    async ({ page }, provide) => {
      const loud: string[] = []
      const onError = (error: Error) => loud.push(error.message)
      const onConsole = (message: ConsoleMessage) => {
        if (/Content.Security.Policy|Refused to/i.test(message.text())) loud.push(message.text())
      }
      page.on('pageerror', onError).on('console', onConsole)
      await provide(undefined)
      page.off('pageerror', onError).off('console', onConsole)
      expect(loud).toEqual([])
    },
    { auto: true },
  ],
})
export { expect }

/** Forgets what a test has left. A file of the same origin keeps the process, which another origin would not. */
async function forget(page: Page) {
  const context = page.context()
  for (const other of context.pages()) if (other !== page) await other.close()
  await page.goto('/favicon.svg')
  await page.evaluate(() => {
    localStorage.clear()
    sessionStorage.clear()
  })
  await context.clearCookies()
}

/** Ends a name that no other test gives. Five digits would look like a number that nobody formatted. */
export const unique = () => Date.now().toString(36)

export async function openReport(page: Page, query = '?preset=last_90_days') {
  await page.goto(`/${query}`)
  await expect(page.getByRole('heading', { name: 'Journey funnel' })).toBeVisible()
}

/** Scrolls through the report, so that what is fetched when it comes near is there. */
export async function readThrough(page: Page) {
  for (const id of ['trend', 'forecast', 'flow', 'stuck', 'check']) {
    const heading = page.locator(`h2#${id}`)
    await expect(async () => {
      await page.mouse.wheel(0, 900)
      await expect(heading).toBeVisible({ timeout: 200 })
    }).toPass()
    await heading.scrollIntoViewIfNeeded()
  }
  await expect(page.locator('[aria-labelledby="trend"] svg').first()).toBeVisible()
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Axe has nothing to say of the page, or of the part that is meant. */
export async function expectAccessible(page: Page, part?: string, rules: RunOptions['rules'] = {}) {
  const options: RunOptions = {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    resultTypes: ['violations'],
    rules,
  }
  // What an answer is on its way to replace is pale.
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  // Once for each document: another copy would have to be compiled anew.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const brief = await page.evaluate(
    async ({ part, options }) => {
      const { axe } = window as unknown as { axe: typeof Axe }
      const { violations } = await axe.run(part ?? document, options)
      return violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(' | ')}`)
    },
    { part, options },
  )
  expect(brief).toEqual([])
}

/** The page is no wider than its window; what makes it so is named. */
export async function expectNoSideScroll(page: Page) {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const scrolls = (one: Element) => getComputedStyle(one).overflowX !== 'visible'
    const outside = (one: Element) => {
      for (let up = one.parentElement; up && up !== document.body; up = up.parentElement)
        if (scrolls(up)) return false
      return one.getBoundingClientRect().right + scrollX > clientWidth
    }
    return [...document.querySelectorAll('body *')]
      .filter(outside)
      .map((one) => `${one.outerHTML.slice(0, 80)} to ${one.getBoundingClientRect().right} of ${clientWidth}`)
  })
  expect(wide).toEqual([])
}

/** The number that the identity shows for an outcome. */
export async function outcome(page: Page, name: string): Promise<number> {
  const sum = page.getByLabel('Where the journeys are')
  const part = sum.locator('div').filter({ has: page.getByText(name, { exact: true }) })
  const text = await part.locator('dd').first().innerText()
  return Number(text.replace(/\D/g, ''))
}
