import { expect, test } from './site.ts'

test('a visit over several pages is one visitor, each page from the one before', async ({
  site,
  home,
  page,
  context,
}) => {
  await page.goto(`${home}/?utm_source=news&utm_medium=email`, { referer: 'https://news.example/' })
  await page.getByRole('link', { name: 'Pricing' }).click()
  await page.getByRole('link', { name: 'Home' }).click()
  await expect.poll(() => site.seen).toEqual(['Home', 'Pricing', 'Home'])
  const [first, second] = site.events
  expect(first).toMatchObject({
    page: `${home}/?utm_source=news&utm_medium=email`,
    referrer: 'https://news.example/',
  })
  expect(second?.referrer).toMatch(home)
  expect(new Set(site.beacons.map((beacon) => beacon.visitor)).size).toBe(1)
  expect(new Set(site.events.map((event) => event.id)).size).toBe(3)
  expect(site.beacons[0]).toMatchObject({ key: 'tmk_public', internal: false })
  expect(Math.abs((site.beacons[0]?.sent_at ?? 0) - Date.now())).toBeLessThan(60_000)
  const cookies = await context.cookies()
  expect(cookies.map((cookie) => cookie.name)).toEqual(['tm_v'])
  const days = ((cookies[0]?.expires ?? 0) * 1000 - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(390)
  expect(days).toBeLessThanOrEqual(395)
  // First-party: the other server never sees it as a cookie, and sets none.
  expect(site.beacons.every((beacon) => beacon.cookies === undefined)).toBe(true)
})

test('an application of one page: moves count, states and places on a page do not', async ({
  site,
  home,
  page,
}) => {
  await page.goto(`${home}/app`)
  await expect.poll(() => site.seen).toEqual(['App'])
  const go = (path: string, how?: string) =>
    page.evaluate(
      ([path, how]) => (window as never as { go: (p?: string, h?: string) => void }).go(path, how),
      [path, how],
    )
  const titles = ['App', 'At /app/a', 'At /app/c', 'At #/route', 'At #/route']
  await go('/app/a')
  await expect.poll(() => site.seen).toEqual(titles.slice(0, 2))
  await go('/app/a?tab=2', 'replaceState')
  await go('/app/a?tab=2#place')
  // A redirect within a moment is one view.
  await page.evaluate(() => {
    const { go } = window as never as { go: (path: string, how?: string) => void }
    go('/app/b')
    go('/app/c', 'replaceState')
  })
  await expect.poll(() => site.seen).toEqual(titles.slice(0, 3))
  await go('#/route')
  await expect.poll(() => site.seen).toEqual(titles.slice(0, 4))
  await page.goBack()
  await expect.poll(() => site.seen.length).toBe(5)
  expect(site.events.at(-1)?.page).toBe(`${home}/app/c`)
  expect(site.events.map((event) => event.referrer)).toEqual([
    '',
    ...site.events.slice(0, -1).map((event) => event.page),
  ])
})

test('back and forward between pages count, brought back whole or loaded anew', async ({
  site,
  home,
  page,
}) => {
  await page.goto(`${home}/`)
  await expect.poll(() => site.seen.length).toBe(1)
  await page.evaluate(() => Object.assign(window, { whole: true }))
  await page.getByRole('link', { name: 'Pricing' }).click()
  await expect.poll(() => site.seen.length).toBe(2)
  // Not page.goBack(): it waits for a load, which a page that is brought back whole does not have.
  await page.evaluate(() => history.back())
  await expect.poll(() => site.seen).toEqual(['Home', 'Pricing', 'Home'])
  expect(await page.evaluate(() => 'whole' in window), 'the browser brings pages back whole').toBe(true)
  await page.evaluate(() => history.forward())
  await expect.poll(() => site.seen).toEqual(['Home', 'Pricing', 'Home', 'Pricing'])
})

test('two tabs are one visitor', async ({ site, home, context, page }) => {
  const other = await context.newPage()
  await Promise.all([page.goto(`${home}/`), other.goto(`${home}/pricing`)])
  await expect.poll(() => site.seen.length).toBe(2)
  await page.goto(`${home}/pricing`)
  await other.goto(`${home}/`)
  await expect.poll(() => site.seen.length).toBe(4)
  expect(new Set(site.beacons.slice(2).map((beacon) => beacon.visitor)).size).toBe(1)
})

test('calls made before the script came are kept, and the script twice is once', async ({
  site,
  home,
  page,
}) => {
  await page.goto(`${home}/early`)
  await expect.poll(() => site.events.length).toBe(2)
  expect(site.events).toMatchObject([
    { type: 'page' },
    { type: 'track', name: 'early', properties: { n: 1 } },
  ])
  await page.evaluate(() => {
    const { tidemark } = window as never as { tidemark: Record<string, (...args: unknown[]) => void> }
    tidemark.identify?.({ email: 'ada@example.com' })
    tidemark.stage?.('hot_lead')
    tidemark.ignore?.()
    tidemark.track?.('inside')
    // What cannot be written is nobody's problem.
    const circle: Record<string, unknown> = {}
    circle.self = circle
    tidemark.track?.('circle', circle)
  })
  await page.reload()
  await expect.poll(() => site.beacons.at(-1)?.internal).toBe(true)
})

test('a page that calls for nothing sends nothing more', async ({ site, home, page }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`${home}/pricing`)
  await expect.poll(() => site.seen.length).toBe(1)
  await page.waitForTimeout(1500)
  const collector = await site.collectorUrl
  expect(asked.filter((url) => url.startsWith(collector))).toEqual([
    `${collector}/t.js`,
    `${collector}/v1/visit`,
  ])
})
