/** Segment's own libraries, pointed at the real program by its address only: every type of call arrives once. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import type { AnalyticsBrowser } from '@segment/analytics-next'
import { Analytics } from '@segment/analytics-node'
import type { Page } from '@playwright/test'
import { expect, test, type Program } from './program.ts'

/** Headless browsers say so, and are counted as bots. */
test.use({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36' })

const EVENTS = ['Read Pricing', 'Screen Home', 'Signed Up']

test('analytics-node', async ({ program }) => {
  const settings = { writeKey: program.writeKey, host: await program.url }
  const tell = async () => {
    const failed: unknown[] = []
    const analytics = new Analytics({ ...settings, flushInterval: 50 })
    analytics.on('error', (error) => failed.push(error))
    const id = { userId: 'node-1' }
    analytics.page({
      anonymousId: 'node-browser',
      messageId: 'node-page',
      properties: { url: 'https://shop.example/pricing', title: 'Pricing' },
      context: { campaign: { name: 'June', source: 'news', medium: 'email' } },
    })
    analytics.track({ anonymousId: 'node-browser', event: 'Read Pricing', messageId: 'node-before' })
    analytics.identify({
      ...id,
      messageId: 'node-identify',
      traits: { email: 'node@example.com', name: 'Ada', plan: 'pro' },
    })
    analytics.alias({ ...id, previousId: 'node-browser', messageId: 'node-alias' })
    analytics.track({ ...id, event: 'Signed Up', properties: { n: 1 }, messageId: 'node-track' })
    analytics.screen({ ...id, name: 'Home', messageId: 'node-screen' })
    analytics.group({ ...id, groupId: 'g1', traits: { name: 'Acme' }, messageId: 'node-group' })
    await analytics.closeAndFlush()
    expect(failed).toEqual([])
  }
  await tell()
  await tell()
  expect(await program.contact('external_id:node-1')).toMatchObject({
    email: 'node@example.com',
    name: 'Ada',
    properties: { plan: 'pro', company: 'Acme' },
  })
  expect(await program.told('external_id:node-1')).toEqual([
    ...EVENTS,
    'from June',
    'https://shop.example/pricing',
  ])
})

/** A page with the library in it, as its UMD build comes. */
async function open(page: Page) {
  const library = dirname(createRequire(import.meta.url).resolve('@segment/analytics-next/package.json'))
  const site = createServer((request, answer) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname
    if (path.startsWith('/umd/')) {
      answer.setHeader('Content-Type', 'text/javascript')
      return answer.end(readFileSync(join(library, 'dist', path)))
    }
    answer.setHeader('Content-Type', 'text/html')
    answer.end('<!doctype html><title>Pricing</title><script src="/umd/index.js"></script>')
  })
  // Another host than the server's: browsers share cookies between ports.
  await new Promise<void>((done) => site.listen(0, '127.0.0.2', done))
  const home = `http://127.0.0.2:${(site.address() as AddressInfo).port}`
  const foreign: string[] = []
  page.on('request', (request) => foreign.push(new URL(request.url()).hostname))
  await page.goto(`${home}/pricing?utm_source=news&utm_medium=email&utm_campaign=June`)
  return { site, home, foreign }
}

/** What runs in the page: every type of call, as whoever `id` is. */
async function calls([writeKey, cdnURL, id, batching]: [string, string, string, boolean]) {
  const { AnalyticsNext } = window as unknown as {
    AnalyticsNext: { AnalyticsBrowser: typeof AnalyticsBrowser }
  }
  const delivery = { strategy: 'batching', config: { size: 3, timeout: 100 } } as const
  const analytics = AnalyticsNext.AnalyticsBrowser.load(
    { writeKey, cdnURL },
    batching ? { integrations: { 'Segment.io': { deliveryStrategy: delivery } } } : {},
  )
  await analytics.page()
  await analytics.track('Read Pricing')
  const before = (await analytics.user()).anonymousId()
  await analytics.identify(id, { email: `${id}@example.com`, name: 'Ada', plan: 'pro' })
  await analytics.track('Signed Up', { n: 1 })
  await analytics.screen('Home')
  await analytics.group('g1', { name: 'Acme' })
  await analytics.alias(id, before ?? undefined)
}

async function expectAll(program: Program, id: string, home: string) {
  const ref = `external_id:${id}`
  await expect
    .poll(() => program.told(ref))
    .toEqual([...EVENTS, 'from June', `${home}/pricing?utm_source=news&utm_medium=email&utm_campaign=June`])
  await expect
    .poll(() => program.contact(ref))
    .toMatchObject({ email: `${id}@example.com`, name: 'Ada', properties: { plan: 'pro', company: 'Acme' } })
}

for (const batching of [false, true]) {
  test(`analytics-next, ${batching ? 'in batches' : 'call by call'}`, async ({ program, page }) => {
    const server = await program.url
    const { site, home, foreign } = await open(page)
    // The first answers are lost on the way: whoever sent them sends them again.
    let lost = 0
    await page.route(`${server}/v1/*`, async (route) => {
      if (route.request().method() !== 'POST' || lost >= 2) return route.continue()
      lost++
      await route.fetch()
      await route.abort()
    })
    const id = batching ? 'next-2' : 'next-1'
    await page.evaluate(calls, [program.writeKey, server, id, batching] as [string, string, string, boolean])
    await expectAll(program, id, home)
    expect(lost).toBe(2)
    expect([...new Set(foreign)].sort()).toEqual(['127.0.0.1', '127.0.0.2'])
    site.closeAllConnections()
    site.close()
  })
}
