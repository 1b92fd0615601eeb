import { expect, expectAccessible, expectNoSideScroll, test, unique } from './page'

test('an export of costs is looked at, taken, corrected and taken back', async ({ page }) => {
  await page.goto('/settings/costs')
  const campaign = `Trial ${unique()}`
  const today = new Date().toISOString().slice(0, 10)
  const file = [
    'Campaign report',
    'Day,Campaign,Cost,Clicks',
    `${today},${campaign},"1,200.50",10`,
    `${today},${campaign},0.50,--`,
    `soon,${campaign},5,1`,
    `${today},${campaign} 2,7,1`,
    'Total: Account,--,"1,213.00",12',
  ].join('\n')
  const upload = async () => {
    await page
      .getByLabel(/Drop a CSV file/)
      .and(page.locator('input'))
      .setInputFiles({ name: 'costs.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
    await page.getByRole('textbox', { name: 'Source' }).fill('Display')
    await page.getByRole('textbox', { name: 'Detail' }).fill('Trial')
  }
  await upload()
  await expect(page.getByText('2 costs are read: €1,208.00 together.')).toBeVisible()
  await expect(page.getByText('Row 5: “soon” is no day')).toBeVisible()
  await expect(page.getByText('1 row has the same day and source')).toBeVisible()
  await expect(page.getByText('1 row without a day')).toBeVisible()
  const preview = page.getByRole('table', { name: 'The first rows' })
  await expect(preview).toContainText(`Display · Trial · ${campaign}`)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Take 2 costs' }).click()
  await expect(page.getByText('2 costs are new or changed.')).toBeVisible()
  await page.getByRole('button', { name: 'Choose another file' }).click()
  await upload()
  await page.getByRole('button', { name: 'Take 2 costs' }).click()
  await expect(page.getByText('2 were known just so.')).toBeVisible()
})

test('a cost is told by hand, corrected and taken back, on a phone too', async ({ page }) => {
  await page.goto('/settings/costs')
  const campaign = `Fair ${unique()}`
  const today = new Date().toISOString().slice(0, 10)
  await page.getByLabel('From', { exact: true }).fill(today)
  await page.getByRole('button', { name: 'Add a cost' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Day').fill(today)
  await dialog.getByRole('textbox', { name: 'Campaign' }).fill(campaign)
  await dialog.getByRole('textbox', { name: 'Amount' }).fill('8')
  await expectAccessible(page, '[role="dialog"]')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const row = page
    .getByRole('table', { name: 'What is known' })
    .getByRole('row')
    .filter({ hasText: campaign })
  await row.getByRole('button', { name: 'Change' }).click()
  await dialog.getByRole('textbox', { name: 'Amount' }).fill('8,25')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('€8.25')
  await row.getByRole('button', { name: 'Remove' }).click()
  await expect(row).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row).toContainText('€8.25')
  await page.setViewportSize({ width: 360, height: 780 })
  await expectNoSideScroll(page)
  await expectAccessible(page)
})

test('a rate is added and taken away', async ({ page }) => {
  await page.goto('/settings/costs')
  const rates = page.getByRole('table', { name: 'Currencies' })
  await page.getByLabel('Currency', { exact: true }).fill('chf')
  await page.getByLabel(/One is worth/).fill('0')
  await page.getByRole('button', { name: 'Add the rate' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByLabel(/One is worth/).fill('1,05')
  await page.getByRole('button', { name: 'Add the rate' }).click()
  const row = rates.getByRole('row').filter({ hasText: 'CHF' })
  await expect(row).toContainText('1.05')
  await row.getByRole('button', { name: 'Remove' }).click()
  await expect(row).toBeHidden()
})
