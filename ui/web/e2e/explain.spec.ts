import { expect, expectAccessible, expectNoSideScroll, openReport, outcome, test } from './page'

test('a number opens the journeys behind it, and as many', async ({ page }) => {
  await openReport(page, '?preset=last_14_days')
  const won = await outcome(page, 'won')
  const link = page.getByLabel('Where the journeys are').locator('div', { hasText: 'won' }).getByRole('link')
  await link.click()
  const panel = page.getByRole('dialog', { name: /Won/ })
  await expect(panel.getByRole('status')).toBeVisible()
  await expect(page).toHaveURL(/explain=outcome/)
  await expectNoSideScroll(page)
  await expectAccessible(page, '[role="dialog"]')
  const answer = await page.request.get('/v1/reports/lifecycle/journeys?outcome=won&limit=1000')
  expect(((await answer.json()) as { items: unknown[] }).items).toHaveLength(won)
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(page).not.toHaveURL(/explain=/)
  await expect(link).toBeFocused()
})

test('from a cell to its contacts and back, with a file', async ({ page }) => {
  await openReport(page)
  const cell = page.getByRole('table', { name: 'Where and why' }).getByRole('link').first()
  const count = Number(await cell.innerText())
  await cell.click()
  const panel = page.getByRole('dialog', { name: /Lost/ })
  const rows = panel.getByRole('listitem')
  await expect(rows.first()).toBeVisible()
  while (await panel.getByRole('button', { name: 'Show more' }).isVisible()) {
    const before = await rows.count()
    await panel.getByRole('button', { name: 'Show more' }).click()
    await expect.poll(() => rows.count()).toBeGreaterThan(before)
  }
  await expect(rows).toHaveCount(count)
  await expect(panel.getByRole('status')).toContainText(String(count))
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('link', { name: 'All as CSV' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/\.csv$/)
  const name = await rows.first().getByRole('link').innerText()
  await rows.first().getByRole('link').click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await page.goBack()
  await expect(panel).toBeVisible()
})

test('a bar of the funnel and a group lead there too', async ({ page }) => {
  await openReport(page, '?preset=last_90_days&group_by=source')
  await page.getByRole('link', { name: /^All, Hot lead: .* reached/ }).click()
  await expect(page.getByRole('dialog', { name: /Reached Hot lead/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: /^Paid search, Hot lead: .* reached/ }).click()
  await expect(page.getByRole('dialog', { name: /Reached Hot lead.*Source: Paid search/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('table', { name: 'Compared by source' }).getByRole('link').first().click()
  await expect(page.getByRole('dialog', { name: /Source: / })).toBeVisible()
})
