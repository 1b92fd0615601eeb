import { expect, expectAccessible, expectNoSideScroll, test } from './page'

test('pages before leads and sales are told by role, device and contact', async ({ page }) => {
  await page.goto('/sources?preset=last_90_days')
  await page
    .getByRole('navigation', { name: 'Sources and pages' })
    .getByRole('link', { name: 'Pages' })
    .click()
  await expect(page).toHaveURL(/\/sources\/pages\?.*preset=last_90_days/)
  await expect(page.getByRole('heading', { name: 'Pages', level: 1 })).toBeVisible()
  const landing = page.getByRole('table', { name: 'Pages where visits begin' })
  await expect(landing).toBeVisible()
  await expect(page.getByText(/% of the revenue|brings the most (revenue|leads)/)).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: /^Which pages/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Pages seen on the way/ })
    .click()
  const assisting = page.getByRole('table', { name: 'Pages seen on the way' })
  const pricing = assisting
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: '/pricing', exact: true }) })
  await expect(pricing).toBeVisible()
  await pricing.getByRole('button').nth(1).click()
  const behind = page.getByRole('dialog', { name: /Before a lead · \/pricing/ })
  await expect(behind.getByRole('link').first()).toBeVisible()
  await expect(behind.locator('li[data-row]').first()).toContainText('/pricing')
  await expectAccessible(page, '[role="dialog"]')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await pricing.getByRole('button', { name: '/pricing', exact: true }).click()
  await expect(page.getByRole('rowheader', { name: 'Phone' })).toBeVisible()
  await page.getByRole('button', { name: 'Leave Page: /pricing' }).click()
  await page.getByRole('button', { name: /^Rows/ }).click()
  await page.getByRole('button', { name: 'Country', exact: true }).click()
  await expect(page.getByRole('rowheader', { name: 'Germany' })).toBeVisible()
})

test('the pages fit a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/sources/pages')
  await expect(page.getByRole('table', { name: 'Pages where visits begin' })).toBeVisible()
  await expectNoSideScroll(page)
})
