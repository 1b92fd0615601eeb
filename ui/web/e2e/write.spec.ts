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

test('signing out leads to the sign-in', async ({ page }) => {
  await page.goto('/contacts')
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})
