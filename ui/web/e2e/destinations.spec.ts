import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, expectAccessible, expectNoSideScroll, test } from './page'

test('a webhook is set up with its preview, tested, looked at and removed', async ({ page }) => {
  const calls: string[] = []
  const receiver = createServer((request, response) => {
    calls.push(String(request.headers['webhook-signature'] ?? ''))
    response.writeHead(200).end('thanks')
  })
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`

  await page.goto('/settings/destinations')
  await expect(page.getByText('There is none yet.')).toBeVisible()
  await page.getByRole('button', { name: /^Webhook/ }).click()
  const dialog = page.getByRole('dialog')
  const preview = dialog.getByRole('group', { name: 'Preview' })
  await expect(preview).toBeHidden()
  await dialog.getByRole('textbox', { name: 'Address' }).fill(address)
  await expect(preview).toContainText('POST http://127.0.0.1')
  await expectAccessible(page, '[role="dialog"]')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText(/^whsec_/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()
  const row = page
    .getByRole('table', { name: 'Destinations' })
    .getByRole('row')
    .filter({ hasText: 'Webhook' })
  await row.getByRole('button', { name: 'Test' }).click()
  await dialog.getByRole('button', { name: 'Send it' }).click()
  await expect(dialog.getByLabel('What is sent')).toContainText('webhook-signature')
  await expect(dialog.getByText('They took it.')).toBeVisible()
  await expect(dialog.getByLabel('What was answered')).toContainText('thanks')
  expect(calls).toHaveLength(1)
  expect(calls[0]).toMatch(/^v1,/)
  await expectAccessible(page, '[role="dialog"]')
  await page.keyboard.press('Escape')

  await row.getByRole('button', { name: 'Pause' }).click()
  await expect(row).toContainText('paused')
  await row.getByRole('link', { name: 'Webhook' }).click()
  await expect(page.getByRole('heading', { name: 'Told to Webhook' })).toBeVisible()
  await expect(page.getByText('Nothing here yet.')).toBeVisible()
  await page.getByRole('link', { name: 'All destinations' }).click()
  await page.setViewportSize({ width: 360, height: 780 })
  await expectNoSideScroll(page)
  await expectAccessible(page)
  await row.getByRole('button', { name: 'Remove' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(row).toBeHidden()
  receiver.close()
})
