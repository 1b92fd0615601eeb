import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test as base } from '@playwright/test'
import { servers } from './servers'

/** Every test fails on a script error or on anything that the Content-Security-Policy stopped. */
export const test = base.extend<{ quiet: undefined }>({
  baseURL: async ({}, provide, { parallelIndex }) => provide(servers[parallelIndex]),
  quiet: [
    async ({ page }, use) => {
      const loud: string[] = []
      page.on('pageerror', (error) => loud.push(error.message))
      page.on('console', (message) => {
        if (/Content.Security.Policy|Refused to/i.test(message.text())) loud.push(message.text())
      })
      await use(undefined)
      expect(loud).toEqual([])
    },
    { auto: true },
  ],
})
export { expect }

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

/** Axe has nothing to say of the page, or of the part that is meant. */
export async function expectAccessible(page: Page, part?: string) {
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
  // There are no frames, which is what the other way of running is for; it opens a page each time.
  const found = await (part ? axe.include(part) : axe).setLegacyMode().analyze()
  const brief = found.violations.map(
    (v) => `${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(' | ')}`,
  )
  expect(brief).toEqual([])
}

export async function expectNoSideScroll(page: Page) {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(over).toBeLessThanOrEqual(0)
}

/** The number that the identity shows for an outcome. */
export async function outcome(page: Page, name: string): Promise<number> {
  const sum = page.getByLabel('Where the journeys are')
  const part = sum.locator('div').filter({ has: page.getByText(name, { exact: true }) })
  const text = await part.locator('dd').first().innerText()
  return Number(text.replace(/\D/g, ''))
}
