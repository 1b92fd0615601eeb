import { expect, test } from './site.ts'

test('without the endpoint, the page does not notice', async ({ site, home, page }) => {
  site.failing = true
  await page.goto(`${home}/`)
  await page.getByRole('link', { name: 'Pricing' }).click()
  await expect(page).toHaveTitle('Pricing')
  site.failing = false
  await page.goto(`${home}/form`)
  await expect.poll(() => site.seen).toContain('Form')
})

test('an ad blocker takes the script: the page and its calls still work', async ({ site, home, page }) => {
  await page.route('**/t.js', (route) => route.abort('blockedbyclient'))
  await page.goto(`${home}/early`)
  await page.evaluate(() => {
    const { tidemark } = window as never as { tidemark: { track: (name: string) => void } }
    tidemark.track('later')
  })
  expect(site.beacons).toEqual([])
})

test('beacons are refused: a request takes their place and is tried once more', async ({
  site,
  home,
  page,
}) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'sendBeacon', { value: () => false }))
  site.failing = true
  await page.goto(`${home}/`)
  await page.waitForTimeout(300)
  site.failing = false
  await expect.poll(() => site.seen, { timeout: 10_000 }).toEqual(['Home'])
})

test('without a connection it waits, and sends everything once', async ({ site, home, page, context }) => {
  await page.goto(`${home}/app`)
  await expect.poll(() => site.seen.length).toBe(1)
  await context.setOffline(true)
  await page.evaluate(() => {
    const { tidemark } = window as never as { tidemark: { track: (name: string) => void } }
    for (let i = 0; i < 500; i++) tidemark.track('offline')
  })
  await page.waitForTimeout(300)
  expect(site.events.length).toBe(1)
  await context.setOffline(false)
  await expect.poll(() => site.events.length).toBe(101)
  expect(new Set(site.events.map((event) => event.id)).size).toBe(101)
})
