import { expect, test } from './site.ts'

const say = (answers: boolean | boolean[]) => {
  const { tidemark } = window as never as { tidemark: { consent: (...answers: boolean[]) => void } }
  tidemark.consent(...[answers].flat())
}

test('where consent is required nothing is kept or sent before it', async ({ site, home, page, context }) => {
  site.tag = 'data-consent="required"'
  await page.goto(`${home}/?utm_source=news`)
  await page.waitForTimeout(300)
  expect(site.beacons).toEqual([])
  expect(await context.cookies()).toEqual([])
  await page.evaluate(say, true)
  await expect.poll(() => site.seen).toEqual(['Home'])
  expect(site.beacons[0]?.consent).toEqual({ analytics: true, ads: true })
  expect(site.events[0]?.page).toContain('utm_source=news')
  // It is remembered.
  await page.goto(`${home}/pricing`)
  await expect.poll(() => site.seen).toEqual(['Home', 'Pricing'])
  expect(site.beacons[1]).toMatchObject({
    consent: { analytics: true, ads: true },
    visitor: site.beacons[0]?.visitor,
  })
})

test('a no is kept, and nothing else', async ({ site, home, page, context }) => {
  await page.goto(`${home}/`)
  await expect.poll(() => site.seen.length).toBe(1)
  const visitor = site.beacons[0]?.visitor
  await page.evaluate(say, false)
  await page.goto(`${home}/pricing`)
  await page.waitForTimeout(300)
  expect(site.seen.length).toBe(1)
  expect((await context.cookies()).map((cookie) => cookie.value)).toEqual(['0'])
  // The server is told of it, as of whom.
  expect(site.beacons[1]).toMatchObject({ visitor, consent: { given: false } })
  expect(site.beacons.length).toBe(2)
  // Whoever says yes later is a new visitor.
  await page.evaluate(say, true)
  await expect.poll(() => site.seen).toEqual(['Home', 'Pricing'])
  expect(site.beacons[2]?.visitor).not.toBe(visitor)
})

for (const [signal, value] of [
  ['globalPrivacyControl', true],
  ['doNotTrack', '1'],
] as const) {
  test(`${signal} is obeyed, whatever the page says`, async ({ site, home, page, context }) => {
    await page.addInitScript(
      ([signal, value]) => Object.defineProperty(navigator, signal, { get: () => value }),
      [signal, value] as const,
    )
    await page.goto(`${home}/`)
    await page.evaluate(say, true)
    await page.getByRole('button', { name: 'Join' }).click()
    await page.waitForTimeout(300)
    expect(site.beacons).toEqual([])
    expect(await context.cookies()).toEqual([])
  })
}

test('ids of other scripts go along with consent only', async ({ site, home, page, context }) => {
  const cookie = (name: string, value: string) => ({ name, value, url: home })
  await context.addCookies([
    cookie('_ga', 'GA1.1.1234567890.1700000000'),
    cookie('_ga_ABC', 'GS2.1.s1700000123$o1$g0$t1700000123$j60$l0$h0'),
    cookie('_fbp', 'fb.0.1700000000000.99'),
    cookie('_fbc', 'fb.0.1700000000000.click'),
  ])
  await page.goto(`${home}/`)
  await expect.poll(() => site.seen.length).toBe(1)
  expect(site.beacons[0]).not.toHaveProperty('ga')
  expect(site.beacons[0]).not.toHaveProperty('fbp')
  await page.evaluate(say, true)
  await page.goto(`${home}/pricing`)
  await expect.poll(() => site.seen.length).toBe(2)
  expect(site.beacons[1]).toMatchObject({
    ga: 'GA1.1.1234567890.1700000000',
    ga_session: 'GS2.1.s1700000123$o1$g0$t1700000123$j60$l0$h0',
    fbp: 'fb.0.1700000000000.99',
    fbc: 'fb.0.1700000000000.click',
  })
  // To analytics, and not to ads.
  await page.evaluate(say, [true, false])
  await page.goto(`${home}/`)
  await expect.poll(() => site.seen.length).toBe(3)
  expect(site.beacons[2]).toMatchObject({
    consent: { analytics: true, ads: false },
    ga: 'GA1.1.1234567890.1700000000',
  })
  expect(site.beacons[2]).not.toHaveProperty('fbp')
})
