import { expect, expectAccessible, expectNoSideScroll, openReport, outcome, readThrough, test } from './page'

test('the report answers, adds up and fits', async ({ page }) => {
  await openReport(page)
  for (const name of [
    'Conversion rate',
    'Average time to conversion',
    'Drop-off rate',
    'Average time to drop-off',
  ]) {
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
  }
  const entered = await outcome(page, 'entered')
  expect(entered).toBeGreaterThan(0)
  const parts = await Promise.all(['won', 'lost', 'left', 'open'].map((name) => outcome(page, name)))
  expect(parts.reduce((sum, count) => sum + count, 0)).toBe(entered)
  for (const name of ['Stages', 'Losses by reason', 'Where and why']) {
    await expect(page.getByRole('table', { name, exact: true })).toBeVisible()
  }
  await expect(page.getByText('made up')).toBeVisible()
  await readThrough(page)
  await expectNoSideScroll(page)
  await expectAccessible(page)
})

test('groups are compared and add up', async ({ page }) => {
  await openReport(page, '?preset=last_90_days&group_by=source')
  const table = page.getByRole('table', { name: 'Compared by source' })
  await expect(table).toBeVisible()
  const cells = await table.locator('tbody tr td:nth-child(2)').allInnerTexts()
  const sum = cells.reduce((total, text) => total + Number(text.replace(/\D/g, '')), 0)
  expect(sum).toBe(await outcome(page, 'entered'))
  await expect(table.getByText(/points (better|worse)$/).first()).toBeVisible()
  const funnel = page.getByRole('group', { name: /journeys reached/ })
  await expect(funnel.getByRole('link', { name: /^All, New lead:/ })).toBeVisible()
  await expectAccessible(page, '[aria-labelledby="funnel"]')
  await page.locator('[aria-labelledby="funnel"]').getByRole('button', { name: 'Show as table' }).click()
  await expect(page.getByRole('table', { name: 'Journey funnel' })).toBeVisible()
  await expectNoSideScroll(page)
  await expectAccessible(page)
})

test.describe('for the first time', () => {
  test.use({ fresh: true })

  test('nothing moves while the report comes', async ({ page }) => {
    await page.addInitScript(() => {
      const moved: string[] = []
      Object.assign(window, { moved })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
          // Below this is the rounding of a letter's place.
          if (entry.value > 0.005) moved.push(entry.value.toFixed(4))
        }
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await openReport(page, '?preset=last_90_days&group_by=source')
    await expect(page.getByRole('table', { name: 'Compared by source' })).toBeVisible()
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([])
  })
})

test('a range without journeys says what will be here', async ({ page }) => {
  await page.goto('/?from=1999-01-01&to=1999-01-02')
  await expect(page.getByRole('heading', { name: 'Nobody entered in this range' })).toBeVisible()
  await expectAccessible(page)
})
