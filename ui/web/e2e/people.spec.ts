import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectNoSideScroll, test, unique } from './page'

const rows = (page: Page) => page.getByRole('rowheader')
const region = (page: Page) => page.getByRole('region', { name: 'Contacts', exact: true })

async function open(page: Page, query = '') {
  await page.goto(`/contacts${query}`)
  await expect(rows(page).first()).toBeVisible()
}

test('thousands of contacts are sorted, scrolled page after page, and shown in chosen columns', async ({
  page,
}) => {
  await open(page)
  await expect(page.getByText(/^\d,\d{3} contacts$/)).toBeVisible()
  await page.getByRole('button', { name: 'Created, sort' }).click()
  await expect(page).toHaveURL(/sort=created_at/)
  await expect(page.getByRole('columnheader', { name: /^Created/ })).toHaveAttribute('aria-sort', 'ascending')
  await expect(rows(page).first()).toBeVisible()
  const last = region(page).locator('tr[aria-rowindex]').last()
  await expect
    .poll(async () => {
      await region(page).evaluate((box) => box.scrollTo(0, box.scrollHeight))
      return Number(await last.getAttribute('aria-rowindex'))
    })
    .toBeGreaterThan(250)
  expect(await region(page).locator('tbody tr').count()).toBeLessThan(80)

  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Phone' }).check()
  await page.getByRole('button', { name: 'Phone one place forward' }).click()
  await expectAccessible(page, '[role="dialog"]')
  await page.keyboard.press('Escape')
  await page.reload()
  const heads = page.getByRole('columnheader')
  await expect(heads.nth(-2)).toHaveText('Phone')
  await expect(heads.last()).toContainText('Created')
})

test('a page of contacts that does not come is said, and asked for again by the reader only', async ({
  page,
}) => {
  let asked = 0
  await page.route(/contacts\?.*cursor=/, (route) => {
    asked++
    return route.fulfill({ status: 500, json: {} })
  })
  await open(page)
  await region(page).evaluate((box) => box.scrollTo(0, box.scrollHeight))
  await expect(page.getByRole('alert')).toContainText('Try again in a moment.')
  await region(page).evaluate((box) => box.scrollTo(0, 0))
  await region(page).evaluate((box) => box.scrollTo(0, box.scrollHeight))
  await page.waitForTimeout(500)
  expect(asked).toBe(1)
  await page.unroute(/contacts\?.*cursor=/)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('alert')).toBeHidden()
  await region(page).evaluate((box) => box.scrollTo(0, box.scrollHeight))
  const last = region(page).locator('tr[aria-rowindex]').last()
  await expect.poll(async () => Number(await last.getAttribute('aria-rowindex'))).toBeGreaterThan(101)
})

test('a ready-made question is narrowed, refused where it is wrong, saved as a view and deleted again', async ({
  page,
}) => {
  await open(page)
  await page.getByRole('button', { name: 'Customers', exact: true }).click()
  await expect(page).toHaveURL(/view=ready_customers/)
  await expect(page.getByText(/^Everybody who fits this: is in /)).toBeVisible()
  await page.getByRole('button', { name: 'Change the filter' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Condition', exact: true }).click()
  await dialog.getByRole('combobox', { name: 'Field' }).last().selectOption({ label: 'Owner' })
  await dialog.getByRole('textbox', { name: 'Owner, value' }).fill('Maya Olsen')
  await expect(dialog.getByText(/Everybody who .* Maya Olsen/)).toBeVisible()
  await expectAccessible(page, '[role="dialog"]')
  await dialog.getByRole('button', { name: 'Text', exact: true }).click()
  const text = dialog.getByLabel('Filter as text')
  await expect(text).toHaveValue(/owner = "Maya Olsen"/)
  await text.fill('stage = customer and ownr = "Maya Olsen"')
  const fault = dialog.getByRole('button', { name: /^Line 1, column 22/ })
  await expect(fault.locator('..')).toContainText('did you mean owner?')
  await expect(dialog.getByRole('button', { name: 'Show them' })).toBeDisabled()
  await fault.click()
  expect(await text.evaluate((box: HTMLTextAreaElement) => box.selectionStart)).toBe(21)
  await text.fill('stage = customer and owner = "Maya Olsen"')
  await dialog.getByRole('button', { name: 'Show them' }).click()
  await expect(page).toHaveURL(/filter=/)
  await expect(page.getByRole('cell', { name: 'Maya Olsen' }).first()).toBeVisible()
  await expect(page.getByRole('cell', { name: 'Jonas Weber' })).toHaveCount(0)

  const name = `Maya’s ${unique()}`
  await page.getByRole('button', { name: 'Save as a view' }).click()
  await page.getByLabel('Name of the view').fill(name)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const mine = page.getByRole('button', { name, exact: true })
  await expect(mine).toHaveAttribute('aria-pressed', 'true')
  await page.reload()
  await expect(mine).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText(/Everybody who .* Maya Olsen/)).toBeVisible()
  await page.getByRole('button', { name: `Delete “${name}”` }).click()
  await expect(mine).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(mine).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: `Delete “${name}”` }).click()
  await expect(mine).toHaveCount(0)
})

test('many are changed at once, and it is said that no report counts it', async ({ page }) => {
  const mark = `Bulk${unique()}`
  await open(page)
  const ids: string[] = []
  for (const name of ['Ann', 'Bea', 'Cid']) {
    const made = await page.request.post('/v1/contacts', {
      data: { email: `${name}.${mark}@example.com`, name: `${mark} ${name}` },
    })
    ids.push(((await made.json()) as { id: string }).id)
  }
  const list = await page.request.post('/v1/lists', { data: { name: `${mark} list`, kind: 'static' } })
  const listId = ((await list.json()) as { id: string }).id
  await page.getByRole('searchbox').fill(mark)
  await expect(rows(page)).toHaveCount(3)

  const bar = page.getByRole('region', { name: 'The chosen contacts' })
  await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check()
  await expect(bar).toContainText('3 chosen')
  await page.getByRole('checkbox', { name: `Choose ${mark} Cid` }).uncheck()
  await expect(bar).toContainText('2 chosen')
  await bar.getByRole('button', { name: 'Set the stage' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Bulk changes are not counted as moves')
  await expect(dialog.getByRole('button', { name: 'Set for all' })).toBeDisabled()
  await dialog.getByRole('combobox', { name: 'Stage' }).selectOption({ label: '🔥 Hot lead' })
  await page.setViewportSize({ width: 360, height: 780 })
  await expectNoSideScroll(page)
  await expectAccessible(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await dialog.getByRole('button', { name: 'Set for all' }).click()
  await expect(page.getByText('2 contacts changed. Not counted as moves.')).toBeVisible()
  await expect(page.getByRole('cell', { name: 'Hot lead' })).toHaveCount(2)
  const journeys = await page.request.get(`/v1/contacts/${ids[0]}/journeys`)
  expect(((await journeys.json()) as { items: unknown[] }).items).toEqual([])

  await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check()
  await bar.getByRole('button', { name: 'Edit a field' }).click()
  await dialog.getByLabel('New value').fill('Maya Olsen')
  // How many there are is counted with the edit in it.
  const counted = page.waitForRequest(/contacts\/board\?.*min_seq=/)
  await dialog.getByRole('button', { name: 'Set for all' }).click()
  await counted
  await expect(page.getByText('3 contacts changed.', { exact: true })).toBeVisible()
  await expect(page.getByRole('cell', { name: 'Maya Olsen' })).toHaveCount(3)

  await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check()
  await bar.getByRole('button', { name: 'Add to a list' }).click()
  await dialog.getByRole('combobox', { name: 'List' }).selectOption({ label: `${mark} list` })
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText('3 added, 0 taken out, 0 unchanged.')).toBeVisible()
  await page.goto(`/lists/${listId}`)
  await expect(rows(page)).toHaveCount(3)
  await page.getByRole('checkbox', { name: `Choose ${mark} Ann` }).check()
  await bar.getByRole('button', { name: 'Take out of the list' }).click()
  await expect(rows(page)).toHaveCount(2)
})
