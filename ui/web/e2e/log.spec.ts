import { expect, test, unique } from './page'

test('the log is reached by key, narrowed by its sentence, and its address holds that', async ({ page }) => {
  await page.goto('/stages')
  await expect(page.getByRole('heading', { name: 'Stages', level: 1 })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(page).toHaveURL(/\/log/)
  const table = page.getByRole('table', { name: 'Changes' })
  await expect(table).toBeVisible()
  await page.getByRole('button', { name: /^How it was done/ }).click()
  await page.getByRole('button', { name: 'a user', exact: true }).click()
  await expect(page).toHaveURL(/actor=user/)
  await expect.poll(async () => (await table.innerText()).includes('a form')).toBe(false)
  await page.getByRole('button', { name: /^Stage moved to/ }).click()
  await page.getByRole('button', { name: /Cold lead/ }).click()
  await expect(page).toHaveURL(/stage=cold_lead/)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Stage moved to: Cold lead' })).toBeVisible()
  await expect(table.getByRole('row').nth(1)).toContainText('Cold lead')
})

test('what a contact is called leads to its page, and Back to the log', async ({ page }) => {
  const name = `nameless${unique()}@example.com`
  await page.goto('/log?actor=user')
  await expect(page.getByRole('table', { name: 'Changes' })).toBeVisible()
  const made = await page.request.post('/v1/contacts', { data: { email: name } })
  expect(made.ok()).toBe(true)
  const moved = await page.request.post(`/v1/contacts/email:${name}/stage`, { data: { stage: 'new_lead' } })
  expect(moved.ok()).toBe(true)
  await page.reload()
  await page.getByRole('rowheader').getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/\/log\?actor=user/)
})

test('nothing that fits is said, with the way out', async ({ page }) => {
  await page.goto('/log?from=2001-01-01&to=2001-01-02')
  await expect(page.getByRole('heading', { name: 'No change in these days' })).toBeVisible()
  await page.getByRole('button', { name: 'Look at this year' }).click()
  await expect(page.getByRole('table', { name: 'Changes' })).toBeVisible()
})
