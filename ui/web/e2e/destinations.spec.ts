import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectNoSideScroll, test, unique } from './page'

/** A server of somebody else, that answers what it is told to. */
async function receiver() {
  const calls: { id: string; signature: string }[] = []
  const answer = { status: 200, text: 'thanks' }
  const server = createServer((request, response) => {
    calls.push({
      id: String(request.headers['webhook-id'] ?? ''),
      signature: String(request.headers['webhook-signature'] ?? ''),
    })
    response.writeHead(answer.status).end(answer.text)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return { address, answer, calls, close: () => server.close() }
}

/** The row of a destination in the table of all. */
function destination(page: Page, name: string) {
  return page.getByRole('table', { name: 'Destinations' }).getByRole('row').filter({ hasText: name })
}

test('a webhook is set up with its preview, tested, looked at and removed', async ({ page }) => {
  const { address, calls, close } = await receiver()
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
  const row = destination(page, 'Webhook')
  await row.getByRole('button', { name: 'Test' }).click()
  await dialog.getByRole('button', { name: 'Send it' }).click()
  await expect(dialog.getByLabel('What is sent')).toContainText('webhook-signature')
  await expect(dialog.getByText('They took it.')).toBeVisible()
  await expect(dialog.getByLabel('What was answered')).toContainText('thanks')
  expect(calls).toHaveLength(1)
  expect(calls[0]?.signature).toMatch(/^v1,/)
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
  close()
})

test('several stages are told, and what was refused is sent again until it is taken', async ({ page }) => {
  const { address, answer, calls, close } = await receiver()
  const name = `Shop ${unique()}`
  await page.goto('/settings/destinations')
  await page.getByRole('button', { name: /^Webhook/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByRole('textbox', { name: 'Address' }).fill(address)
  for (const event of ['A new lead', 'An opportunity', 'Won', 'Lost', 'A sale', 'A refund']) {
    await dialog.getByRole('checkbox', { name: event }).uncheck()
  }
  await dialog.getByRole('checkbox', { name: 'A stage is reached' }).check()
  const stages = dialog.getByRole('combobox', { name: 'Which stages' })
  await expect(stages).toHaveAttribute('placeholder', 'every stage')
  await stages.click()
  for (const stage of ['Customer', 'Hot lead']) await page.getByRole('option', { name: stage }).click()
  await expectAccessible(page, '[role="dialog"]')
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  const row = destination(page, name)
  await expect(row).toContainText('A stage is reached Hot lead, Customer')

  // Gone for good is what a webhook is not asked again after.
  answer.status = 410
  answer.text = 'moved'
  const email = `${unique()}@shop.example`
  for (const stage of ['payment', 'hot_lead']) {
    expect((await page.request.post('/v1/contacts', { data: { email, stage } })).ok()).toBe(true)
  }
  await expect.poll(() => calls.length).toBe(1)
  await row.getByRole('link', { name }).click()
  const list = page.getByRole('table', { name: 'Deliveries' })
  const told = list.getByRole('row').filter({ hasText: 'A stage is reached' })
  await expect(told).toHaveCount(1)
  await expect(told).toContainText('Failed')
  await told.getByRole('button', { name: 'Look' }).click()
  await expect(dialog.getByLabel('What was answered')).toContainText('moved')
  await expectAccessible(page, '[role="dialog"]')
  await page.keyboard.press('Escape')

  // Refused once more, then taken; it is the same event each time.
  await told.getByRole('button', { name: 'Send again' }).click()
  await expect.poll(() => calls.length).toBe(2)
  const deliveries = `/v1${new URL(page.url()).pathname.replace('/settings', '')}/deliveries`
  await expect.poll(async () => (await page.request.get(deliveries)).text()).toContain('"state":"failed"')
  answer.status = 200
  answer.text = 'thanks'
  await told.getByRole('button', { name: 'Send again' }).click()
  await expect(told).toContainText('Sent')
  await expect(told.getByRole('button', { name: 'Send again' })).toBeHidden()
  await expect(page.getByRole('button', { name: /failed again/ })).toBeHidden()
  expect(calls.map(({ id }) => id)).toEqual(Array(3).fill(calls[0]?.id))
  await told.getByRole('button', { name: 'Look' }).click()
  await expect(dialog.getByLabel('What was answered')).toContainText('thanks')
  await page.keyboard.press('Escape')

  await page.getByRole('combobox', { name: 'State' }).selectOption('Failed')
  await expect(page.getByText('Nothing here yet.')).toBeVisible()
  await page.setViewportSize({ width: 360, height: 780 })
  await page.getByRole('combobox', { name: 'State' }).selectOption('Sent')
  await expect(told).toHaveCount(1)
  await expectNoSideScroll(page)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'All destinations' }).click()
  await expect(row).toContainText('A stage is reached Hot lead, Customer')
  await expectNoSideScroll(page)
  await row.getByRole('button', { name: 'Remove' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(row).toBeHidden()
  close()
})
