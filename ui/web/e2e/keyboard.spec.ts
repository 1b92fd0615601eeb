import { expect, openReport, test } from './page'

test('keys lead everywhere', async ({ page }) => {
  await openReport(page)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/\/stages$/)
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('gs')
  await expect(page).toHaveURL(/\/contacts/)
})

test('Esc closes a panel and the focus returns to its words', async ({ page }) => {
  await openReport(page)
  const range = page.getByRole('button', { name: /^Range of entry/ })
  await range.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Type a range')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByLabel('Type a range')).toBeHidden()
  await expect(range).toBeFocused()
})

test('the first Tab offers to skip to the content', async ({ page }) => {
  await openReport(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
})
