import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, unique } from './page'

const column = (page: Page, name: string) =>
  page.getByRole('region', { name: new RegExp(`${name}\\s*[\\d,]+$`) })

test('a card goes forward by drag, on and back by key, and is lost with its reason', async ({ page }) => {
  const name = `Bo Board${unique()}`
  await page.goto('/contacts/board')
  const made = await page.request.post('/v1/contacts', {
    data: { email: `${name.replace(' ', '.')}@example.com`, name, stage: 'new_lead' },
  })
  const { id } = (await made.json()) as { id: string }
  await page.getByRole('searchbox').fill(name)
  const card = page.getByRole('link', { name, exact: true })
  await expect(column(page, 'New lead').getByRole('link', { name, exact: true })).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(1)

  await page.getByRole('article').dragTo(column(page, 'Hot lead'))
  await expect(page.getByText(`${name} is now in Hot lead.`)).toBeVisible()
  await expect(column(page, 'Hot lead').getByRole('article')).toHaveCount(1)

  await card.focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect(page.getByText(`${name} is now in Demo given.`)).toBeVisible()
  await expect(column(page, 'Demo given').getByRole('article')).toHaveCount(1)
  await expect(card).toBeFocused()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(column(page, 'Hot lead').getByRole('article')).toHaveCount(1)
  await expect(card).toBeFocused()

  // The column is out of sight, where a mouse cannot be led without scrolling.
  await page.getByRole('article').dispatchEvent('dragstart')
  await column(page, 'No budget').dispatchEvent('drop')
  const dialog = page.getByRole('dialog', { name: `Move ${name}` })
  await dialog.getByLabel('Why was it lost?').fill('Nothing before spring')
  await expectAccessible(page, '[role="dialog"]')
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(column(page, 'No budget').getByRole('article')).toHaveCount(1)
  await card.click()
  await expect(page.getByText('“Nothing before spring”')).toBeVisible()
  const journeys = await page.request.get(`/v1/contacts/${id}/journeys`)
  expect((await journeys.json()) as unknown).toMatchObject({
    items: [
      {
        outcome: 'lost',
        lost_stage: 'no_budget',
        origin: 'hot_lead',
        visited: ['new_lead', 'hot_lead', 'demo_given'],
      },
    ],
  })
})

test('moves in a row are shown at once on a slow server, and a refused one keeps its note', async ({
  page,
}) => {
  const name = `Sam Slow${unique()}`
  await page.goto('/contacts/board')
  await page.request.post('/v1/contacts', {
    data: { email: `${name.replace(' ', '.')}@example.com`, name, stage: 'new_lead' },
  })
  await page.getByRole('searchbox').fill(name)
  const card = page.getByRole('link', { name, exact: true })
  await expect(column(page, 'New lead').getByRole('article')).toHaveCount(1)

  // The board as it was after the first move comes when the second was made.
  await page.route(/contacts\/board\?/, async (route) => {
    const response = await route.fetch()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await route.fulfill({ response }).catch(() => undefined)
  })
  await card.focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect(page.getByText(`${name} is now in Hot lead.`)).toBeVisible()
  await page.keyboard.press('Alt+ArrowRight')
  await expect(column(page, 'Demo given').getByRole('article')).toHaveCount(1, { timeout: 1_000 })
  for (let i = 0; i < 20; i++) {
    await page.waitForTimeout(100)
    expect(await column(page, 'Demo given').getByRole('article').count()).toBe(1)
  }
  await page.unroute(/contacts\/board\?/)

  await page.route(/contacts\/.*\/stage$/, (route) => route.fulfill({ status: 503, json: { code: 'busy' } }))
  await page.getByRole('button', { name: `Move ${name}` }).click()
  const dialog = page.getByRole('dialog', { name: `Move ${name}` })
  await dialog.getByRole('textbox').fill('Wants an offer by Friday')
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('The card is back where it was.')
  await page.unroute(/contacts\/.*\/stage$/)
  await expect(dialog.getByRole('textbox')).toHaveValue('Wants an offer by Friday')
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(column(page, 'Proposal').getByRole('article')).toHaveCount(1)
})

test('a long column leads to its contacts in the table', async ({ page }) => {
  await page.goto('/contacts/board')
  await column(page, 'New lead')
    .getByRole('link', { name: /more, in the table/ })
    .click()
  await expect(page.getByText('Everybody who fits this: is in New lead.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Table' })).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('link', { name: 'Board' })).not.toHaveAttribute('aria-current', 'page')
})
