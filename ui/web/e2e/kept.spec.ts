import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, expectNoSideScroll, openReport, test, unique } from './page'

async function keep(page: Page, deed: string) {
  await page.getByRole('button', { name: 'Save or share' }).click()
  await page.getByRole('menuitem', { name: deed }).click()
  const form = page.getByRole('dialog', { name: deed })
  await expect(form).toBeVisible()
  return form
}

async function send(form: Locator, button: string) {
  await form.getByRole('button', { name: button }).click()
  await expect(form).toBeHidden()
}

/** A row of one of the page's tables, by what it is called. */
function row(page: Page, table: string, name: string) {
  return page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: name })
}

async function change(page: Page, kept: Locator) {
  await kept.getByRole('button', { name: 'Change' }).click()
  return page.getByRole('dialog')
}

async function remove(kept: Locator) {
  await kept.getByRole('button', { name: 'Remove' }).click()
  await expect(kept).toBeHidden()
}

test('a report and a note are kept, found in the rail, changed and removed', async ({ page }) => {
  await openReport(page, '?preset=last_7_days&group_by=source')
  const name = `Sources ${unique()}`
  const form = await keep(page, 'Save this report')
  await expectAccessible(page, '[role="dialog"]')
  await form.getByRole('textbox', { name: 'Name' }).fill(name)
  await send(form, 'Save')
  const note = await keep(page, 'Note a day')
  await note.getByRole('textbox', { name: 'What happened' }).fill(name)
  await send(note, 'Note it')

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Saved' }).click()
  const saved = row(page, 'Saved reports', name)
  await expect(saved).toBeVisible()
  await expectNoSideScroll(page)
  await expectAccessible(page)
  const dialog = await change(page, saved)
  await dialog.getByRole('combobox', { name: 'Seen by' }).selectOption('only me')
  await send(dialog, 'Keep the change')
  await expect(saved).toContainText('only me')
  await expect(saved.getByRole('link', { name })).toHaveAttribute(
    'href',
    /preset=last_7_days.*group_by=source/,
  )
  await remove(saved)
  const noted = row(page, 'Notes', name)
  await change(page, noted)
  await dialog.getByRole('textbox', { name: 'What happened' }).fill(`${name}, corrected`)
  await send(dialog, 'Keep the change')
  await expect(noted).toContainText('corrected')
  await remove(noted)
})

test('an alert on the log and a digest are made, changed, paused and removed', async ({ page }) => {
  await openReport(page, '?preset=last_7_days')
  const name = `Log ${unique()}`
  const form = await keep(page, 'Alert on a number')
  await form.getByRole('textbox', { name: 'Name' }).fill(name)
  await form.getByRole('combobox', { name: 'Number' }).selectOption('Changes in the log')
  await form.getByRole('combobox', { name: 'How it was done' }).selectOption('an import')
  await expect(form.getByRole('textbox', { name: 'Days in a span' })).toBeHidden()
  await expectAccessible(page, '[role="dialog"]')
  await form.getByRole('textbox', { name: 'Webhook' }).fill('https://example.com/hook')
  await send(form, 'Watch it')
  await page.getByRole('button', { name: 'Done' }).click()
  const weekly = await keep(page, 'Send it regularly')
  await weekly.getByRole('textbox', { name: 'Name' }).fill(name)
  await weekly.getByRole('textbox', { name: 'Webhook' }).fill('https://example.com/hook')
  await send(weekly, 'Send it')
  await page.getByRole('button', { name: 'Done' }).click()

  await page.goto('/kept')
  const alert = row(page, 'Alerts', name)
  await expect(alert).toContainText('Changes in the log (an import), falls')
  // The first look is made at once; the page reads it when it is opened anew.
  await expect(async () => {
    await page.reload()
    await expect(alert).toContainText(/usual is|too little/, { timeout: 2_000 })
  }).toPass()
  const dialog = await change(page, alert)
  await expect(dialog.getByRole('combobox', { name: 'How it was done' })).toHaveValue('import')
  await dialog.getByRole('combobox', { name: 'Number' }).selectOption('Drop-off rate')
  await send(dialog, 'Keep the change')
  await expect(alert).toContainText('Drop-off rate, falls')
  await alert.getByRole('button', { name: 'Pause' }).click()
  await expect(alert).toContainText('paused')
  await remove(alert)
  const digest = row(page, 'Digests', name)
  await change(page, digest)
  await dialog.getByRole('combobox', { name: 'How often' }).selectOption('every month')
  await send(dialog, 'Keep the change')
  await expect(digest).toContainText('every month')
  await remove(digest)
})

test('a link shows the numbers to a stranger, on a phone, until it is ended', async ({ page, browser }) => {
  await openReport(page, '?preset=last_30_days&group_by=source')
  const name = `Board ${unique()}`
  const form = await keep(page, 'Share by a link')
  await form.getByRole('textbox', { name: /^Title/ }).fill(name)
  await form.getByRole('button', { name: 'Make the link' }).click()
  const link = await page.getByText(/\/share\//).innerText()
  await page.getByRole('button', { name: 'Done' }).click()

  const phone = await browser.newContext({ viewport: { width: 360, height: 780 }, colorScheme: 'dark' })
  const stranger = await phone.newPage()
  await stranger.goto(link)
  await expect(stranger.getByRole('heading', { name, level: 1 })).toBeVisible()
  await expect(stranger.getByRole('heading', { name: 'Conversion rate', exact: true })).toBeVisible()
  await expectNoSideScroll(stranger)
  await expectAccessible(stranger)

  await page.goto('/kept')
  const share = row(page, 'Share links', name)
  await share.getByRole('button', { name: 'End the link' }).click()
  await expect(share).toContainText('ended')
  await stranger.reload()
  await expect(stranger.getByRole('alert')).toBeVisible()
  await expect(stranger.getByRole('heading', { name })).toBeHidden()
  await phone.close()
})
