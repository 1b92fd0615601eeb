import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectNoSideScroll, test } from './page'

const HUBSPOT = [
  'Record ID,First Name,Last Name,Email,Contact owner,Lifecycle Stage,Create Date,Became a Customer Date',
  '9001,Ada,Moreau,ada@hub.example,Maya,Lead,2026-01-05,',
  '9002,Jonas,Weber,jonas@hub.example,Maya,Customer,2026-01-06,2026-02-01',
  '9003,Priya,Nair,broken,Maya,Lead,2026-01-07,',
].join('\n')

async function drop(page: Page, name: string, csv: string) {
  await page.goto('/import')
  await page
    .getByLabel('Drop a CSV file')
    .last()
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv) })
}

async function imported(page: Page, name: string, csv: string) {
  await drop(page, name, csv)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page).toHaveURL(/id=/)
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
}

test('an export of HubSpot is known, tried, imported, and its bad row comes back', async ({ page }) => {
  await drop(page, 'hubspot.csv', HUBSPOT)
  await expect(page.getByText('This is an export of HubSpot')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Meaning of Record ID' })).toHaveValue('external_id')
  await expect(page.getByRole('radio', { name: /History/ })).toBeChecked()
  const rows = page.getByRole('table', { name: /first rows/ })
  await expect(rows.getByRole('columnheader', { name: 'Customer on' })).toBeVisible()
  await expect(rows).toContainText('ada@hub.example')
  await page.getByRole('button', { name: 'Try it without effect' }).click()
  await expect(page.getByRole('heading', { name: 'This would happen' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  await expect(page.getByText('rows rejected').locator('..')).toContainText('1')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'rejected.csv' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('rejected.csv')
  await page.getByRole('button', { name: 'Import another file' }).click()
  const past = page.getByRole('table', { name: 'Past imports' })
  await past.getByRole('link', { name: 'hubspot.csv' }).first().click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
})

test('an import is undone: its contacts are gone', async ({ page }) => {
  const name = `Undone${Date.now() % 1_000_000}`
  await imported(page, 'undo.csv', `Email,Name,Stage\n${name}@example.com,${name},New lead\n`)
  await page.getByRole('button', { name: 'Undo the import' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click()
  await expect(page.getByRole('heading', { name: 'The import was undone' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('1 contact that it created is gone.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo the import' })).toBeHidden()
  await page.goto(`/contacts?q=${name}`)
  await expect(page.getByRole('rowheader')).toHaveCount(0)
})

test('a cell can mean no stage, and a file without rows is refused in words', async ({ page }) => {
  await drop(page, 'status.csv', 'Email,Status\nx1@example.com,Parked\nx2@example.com,Hot lead\n')
  await page.getByRole('combobox', { name: 'Parked' }).selectOption('In no stage')
  await expect(page.getByRole('combobox', { name: 'Hot lead' })).toHaveValue('hot_lead')
  await drop(page, 'empty.csv', 'Email\n')
  await expect(page.getByText(/has no header with rows under it/)).toBeVisible()
})

for (const width of [360, 1440]) {
  test(`fits ${width} px and is accessible`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await drop(page, 'hubspot.csv', HUBSPOT)
    await expect(page.getByRole('heading', { name: 'What the columns mean' })).toBeVisible()
    await expectNoSideScroll(page)
    await expectAccessible(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectAccessible(page)
    await page.goto('/import')
    await expect(page.getByRole('heading', { name: 'Past imports' })).toBeVisible()
    await expectNoSideScroll(page)
    await expectAccessible(page)
  })
}
