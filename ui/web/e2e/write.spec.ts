import type { Page } from '@playwright/test'
import { expect, openReport, outcome, test } from './page'

async function post(page: Page, path: string, body: unknown, method = 'POST'): Promise<number> {
  return page.evaluate(
    async ({ path, body, method }) => {
      const answer = await fetch(path, {
        method,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
      return answer.status
    },
    { path, body, method },
  )
}

test('an open report follows new data', async ({ page }) => {
  await openReport(page, '?preset=last_7_days')
  const before = await outcome(page, 'entered')
  const status = await post(page, '/v1/contacts', {
    email: `live-${Date.now()}@example.com`,
    stage: 'new_lead',
  })
  expect(status).toBeLessThan(300)
  await expect.poll(() => outcome(page, 'entered'), { timeout: 20_000 }).toBe(before + 1)
})

test('a switched-off lifecycle offers the switch', async ({ page }) => {
  await openReport(page)
  expect(await post(page, '/v1/workspace', { lifecycle_enabled: false }, 'PATCH')).toBe(200)
  await page.reload()
  await page.getByRole('button', { name: 'Switch the lifecycle on' }).click()
  await expect(page.getByRole('heading', { name: 'Journey funnel' })).toBeVisible()
})

test('a stage is renamed, undone and moved by keyboard', async ({ page }) => {
  await page.goto('/stages')
  const names = () => page.locator('section[aria-labelledby="kind-progress"] li').allInnerTexts()
  await page.getByRole('button', { name: 'Edit Hot lead' }).click()
  await page.getByLabel('Name').fill('Warm lead')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Warm lead saved.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: 'Edit Hot lead' })).toBeVisible()
  await page.getByRole('button', { name: 'Edit Hot lead' }).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(async () => (await names())[0]).toContain('Hot lead')
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(async () => (await names())[0]).toContain('New lead')
})

test('a file is tried, then imported', async ({ page }) => {
  await page.goto('/import')
  const csv =
    'Id,E-mail,Status,Date\nw-1,w1@example.com,New lead,2026-01-05\nw-2,broken,Hot lead,2026-01-06\n'
  await page
    .getByLabel('Drop a CSV file')
    .last()
    .setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await expect(page.getByRole('radio', { name: /History/ })).toBeChecked()
  await page.getByRole('button', { name: 'Try it without effect' }).click()
  await expect(page.getByRole('heading', { name: 'This would happen' })).toBeVisible()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page).toHaveURL(/id=/)
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
  await expect(page.getByText('rows rejected').locator('..')).toContainText('1')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'rejected.csv' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('rejected.csv')
})

test('signing out leads to the sign-in', async ({ page }) => {
  await page.goto('/contacts')
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})
