import { expect, expectAccessible, openReport, outcome, test } from './page'

test('the range sentence is the control and the address holds it', async ({ page }) => {
  await openReport(page)
  await page.getByRole('button', { name: /^Range of entry/ }).click()
  await expectAccessible(page, '[role="dialog"]')
  await page.getByRole('button', { name: 'Last 30 days', exact: true }).click()
  await expect(page).toHaveURL(/preset=last_30_days/)
  await expect(page.getByRole('button', { name: /in the last 30 days/ })).toBeVisible()
  await page.getByRole('button', { name: /^Compared with/ }).click()
  await page.getByRole('button', { name: 'Nothing', exact: true }).click()
  await expect(page.getByText('not compared').first()).toBeVisible()
  await page.goBack()
  await expect(page).not.toHaveURL(/compare=/)
  await page.goBack()
  await expect(page.getByRole('button', { name: /in the last 90 days/ })).toBeVisible()
})

test('a typed range is understood', async ({ page }) => {
  await openReport(page)
  await page.getByRole('button', { name: /^Range of entry/ }).click()
  await page.getByLabel('Type a range').fill('last quarter')
  await page.getByLabel('Type a range').press('Enter')
  await expect(page).toHaveURL(/preset=last_quarter/)
})

test('filters come from the data, show as chips and go again', async ({ page }) => {
  await openReport(page)
  const all = await outcome(page, 'entered')
  await page.getByRole('button', { name: /^Filters/ }).click()
  await page.getByRole('checkbox').first().check()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/source=/)
  await expect.poll(() => outcome(page, 'entered')).toBeLessThan(all)
  await expectAccessible(page, '[aria-label="Filters in force"]')
  await page.getByRole('button', { name: /^Remove the filter/ }).click()
  await expect.poll(() => outcome(page, 'entered')).toBe(all)
})

test('the funnel has a table twin, each figure its explanation', async ({ page }) => {
  await openReport(page)
  await page.getByRole('button', { name: 'Show as table' }).click()
  await expect(page.getByRole('table', { name: 'Journey funnel' })).toBeVisible()
  await page.getByRole('button', { name: 'What is: Conversion rate?' }).click()
  await expect(page.getByText('Why it matters')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('Why it matters')).toBeHidden()
})

test('tables download as CSV with the page’s own query', async ({ page }) => {
  await openReport(page, '?preset=last_30_days')
  await page.getByRole('button', { name: 'Stages: export' }).click()
  const link = page.getByRole('menuitem', { name: 'CSV' })
  expect(await link.getAttribute('href')).toBe('/v1/reports/lifecycle/stages?preset=last_30_days&format=csv')
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(download.suggestedFilename()).toMatch(/\.csv$/)
})
