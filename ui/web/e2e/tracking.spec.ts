import { expect, expectAccessible, expectNoSideScroll, test } from './page'

test('a site is connected and its addresses are read', async ({ page, request }) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('link', { name: 'Tracking' })).toHaveAttribute('aria-current', 'page')
  await page.getByRole('button', { name: 'Make the line with a new key' }).click()
  const line = page.getByText(/<script async src="http.*data-key="tmk_[A-Za-z0-9_-]{20,}"/)
  await expect(line).toBeVisible()
  await page.getByLabel(/Ask first/).check()
  await expect(line).toContainText('data-consent="required"')
  expect((await request.get('/t.js')).ok()).toBe(true)

  // A robot that comes by is not counted, and said to be.
  const key = /data-key="([^"]+)"/.exec(await line.innerText())?.[1]
  const from = { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)', 'content-type': 'text/plain' }
  await request.post('/v1/visit', { headers: from, data: JSON.stringify({ key }) })
  await expect(
    page.getByText(/left out of the numbers since the server last started: 1 from robots/),
  ).toBeVisible()

  // A rule is added, tried, and taken away again.
  await page.getByLabel('Parameter of the page').fill('partner')
  await page.getByLabel('Source', { exact: true }).first().fill('Affiliates')
  await page.getByRole('button', { name: 'Add the rule' }).click()
  await expect(page.getByRole('cell', { name: 'partner' })).toBeVisible()
  await page.getByLabel('Address of a page').fill('https://example.com/?partner=acme')
  await page.getByRole('button', { name: 'Try it' }).click()
  await expect(page.getByText('by own rule 1')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Remove 1' }).click()
  await expect(page.getByText('There is no own rule')).toBeVisible()
})

test('a form is added and a CRM is set up, on a phone too', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 })
  await page.goto('/settings/tracking')
  await page.getByLabel('Name of a new form').fill('Book a demo')
  await page.getByRole('button', { name: 'Add the form' }).click()
  await expect(page.getByRole('cell', { name: 'Book a demo' })).toBeVisible()
  await page.getByRole('button', { name: 'Change Salesforce' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Secret', { exact: true }).fill('a token')
  await dialog.getByLabel('Stages').fill('Closed Won = nowhere')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByLabel('Stages').fill('Closed Won = customer')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expectNoSideScroll(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Remove Book a demo' }).click()
  await expect(page.getByText('There is no form yet')).toBeVisible()
})
