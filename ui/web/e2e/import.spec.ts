import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectNoSideScroll, test, unique } from './page'

const HUBSPOT = [
  'Record ID,First Name,Last Name,Email,Contact owner,Lifecycle Stage,Create Date,Became a Customer Date',
  '9001,Ada,Moreau,ada@hub.example,Maya,Lead,2026-01-05,',
  '9002,Jonas,Weber,jonas@hub.example,Maya,Customer,2026-01-06,2026-02-01',
  '9003,Priya,Nair,broken,Maya,Lead,2026-01-07,',
].join('\n')

async function drop(page: Page, name: string, csv: string | Buffer) {
  await page.goto('/import')
  await choose(page, name, csv)
}

async function choose(page: Page, name: string, csv: string | Buffer) {
  await page
    .getByLabel('Drop a CSV file')
    .last()
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.isBuffer(csv) ? csv : Buffer.from(csv) })
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
  await page.setViewportSize({ width: 360, height: 780 })
  await expectNoSideScroll(page)
  await page.setViewportSize({ width: 1440, height: 900 })
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
  await expect(page.getByRole('heading', { name: 'What happened to these contacts since' })).toBeVisible()
  await expect(page.getByText('Nothing so far: they are where the import left them.')).toBeVisible()
})

test('an import’s page tells what became of its contacts', async ({ page }) => {
  const name = `Later${unique()}`
  await imported(
    page,
    'later.csv',
    `Email,First Name,Last Name,Stage\n${name}@example.com,Lena,${name},New lead\n`,
  )
  const later = page.getByRole('table', { name: 'What happened to these contacts since' })
  await expect(page.getByText('Nothing so far: they are where the import left them.')).toBeVisible()
  const moved = await page.request.post(`/v1/contacts/email:${name}@example.com/stage`, {
    data: { stage: 'hot_lead' },
  })
  expect(moved.ok()).toBe(true)
  await page.reload()
  await expect(later.getByRole('row', { name: new RegExp(`Lena ${name}`) })).toContainText('Hot lead')
  await expect(later).toContainText('counted')
})

test('an import is undone: its contacts are gone', async ({ page }) => {
  const name = `Undone${unique()}`
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

test('a file that is not UTF-8 is told of before it is sent', async ({ page }) => {
  const latin = (text: string) => Buffer.from(text, 'latin1')
  await drop(page, 'head.csv', latin('Prénom;Email\nZoé;zoe@example.com\n'))
  await expect(page.getByRole('alert')).toContainText('head.csv cannot be read: its letters are not UTF-8.')
  await drop(page, 'rows.csv', latin('Name;Email\nZoé;zoe@example.com\nAl;al@example.com\n'))
  await expect(page.getByRole('alert')).toContainText('rows with them are not imported')
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled()
})

test('what an import brought is shown and offered in filters at once', async ({ page }) => {
  const mark = unique()
  await page.goto('/contacts')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Condition' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  await choose(page, `brought${mark}.csv`, `Email,Shoe${mark}\nshoe.${mark}@example.com,42\n`)
  await page.getByRole('combobox').nth(1).selectOption({ label: 'Property' })
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  await page.getByRole('link', { name: 'Contacts', exact: true }).click()
  await expect(page.getByRole('link', { name: `shoe.${mark}@example.com` })).toBeVisible()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('button', { name: 'Condition' }).click()
  await expect(page.getByRole('option', { name: `Shoe${mark}` })).toBeAttached()
})
