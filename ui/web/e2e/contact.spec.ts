import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectNoSideScroll, test, unique } from './page'

/** A contact of this test's own, through the interface. */
async function make(page: Page, fields: Record<string, unknown>): Promise<string> {
  await page.goto('/contacts')
  const answer = await page.request.post('/v1/contacts', { data: fields })
  expect(answer.ok()).toBe(true)
  return ((await answer.json()) as { id: string }).id
}
const address = (name: string) => `${name}-${unique()}@example.com`

test('a contact is moved with a note', async ({ page }) => {
  const id = await make(page, { email: address('move'), name: 'Mia Move', stage: 'new_lead' })
  await page.goto(`/contacts/${id}`)
  await page.getByRole('button', { name: 'Set the stage' }).click()
  await page.getByRole('combobox', { name: 'Stage' }).selectOption({ label: '🧊 Cold lead' })
  await page.getByLabel('Why was it lost?').fill('No budget before spring')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(page.getByText('Now in Cold lead.')).toBeVisible()
  await expect(page.getByText('“No budget before spring”')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Journey 1' })).toContainText('lost: Cold lead')
})

test('fields are edited and changed back', async ({ page }) => {
  const id = await make(page, {
    email: address('edit'),
    name: 'Ed It',
    properties: { plan: 'Pro', seats: 3 },
  })
  await page.goto(`/contacts/${id}`)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Owner').fill('Maya Olsen')
  await dialog.getByLabel('Value').fill('1200,5')
  await dialog.getByLabel('plan').fill('')
  await dialog.getByLabel('seats').fill('4')
  await expectNoSideScroll(page)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('€1,200.50')).toBeVisible()
  await expect(page.getByText('Maya Olsen').first()).toBeVisible()
  const read = async () =>
    (await (await page.request.get(`/v1/contacts/${id}`)).json()) as { properties: unknown; owner: unknown }
  expect((await read()).properties).toEqual({ seats: 4 })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Changed back.')).toBeVisible()
  expect(await read()).toMatchObject({ properties: { plan: 'Pro', seats: 3 }, owner: null })
})

test('of two people the second is told, and nothing is lost', async ({ page }) => {
  const id = await make(page, { email: address('two'), name: 'Two People' })
  await page.goto(`/contacts/${id}`)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Mine')
  await page.request.patch(`/v1/contacts/${id}`, { data: { name: 'Theirs', owner: 'Jonas' } })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toContainText('they wrote “Theirs”')
  await expect(dialog.getByLabel('Name')).toHaveValue('Mine')
  await expect(dialog.getByLabel('Owner')).toHaveValue('Jonas')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Save mine' }).click()
  await expect(page.getByRole('heading', { name: 'Mine', level: 1 })).toBeVisible()
  await expect(page.getByText('Jonas').first()).toBeVisible()
})

test('two contacts of one person become one', async ({ page }) => {
  const mark = Date.now() % 1_000_000
  const keep = await make(page, {
    email: `ada.${mark}@merge.example`,
    name: `Ada Merge${mark}`,
    stage: 'new_lead',
  })
  await make(page, {
    phone: `+3361${mark}`,
    name: `A. Merge${mark}`,
    owner: 'Jonas Weber',
    stage: 'hot_lead',
  })
  await page.goto(`/contacts/${keep}`)
  await page.getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: 'Merge with another' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('searchbox').fill(`A. Merge${mark}`)
  await dialog.getByRole('button', { name: new RegExp(`^A\\. Merge${mark}`) }).click()
  const both = dialog.getByRole('table')
  await expect(both.getByRole('row', { name: /^Name/ })).toContainText(`Ada Merge${mark}A. Merge${mark}`)
  await dialog.getByRole('button', { name: 'The other way round' }).click()
  await expect(both.getByRole('row', { name: /^Name/ })).toContainText(`A. Merge${mark}Ada Merge${mark}`)
  await dialog.getByRole('button', { name: 'The other way round' }).click()
  await page.setViewportSize({ width: 360, height: 780 })
  await expectNoSideScroll(page)
  await expectAccessible(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await dialog.getByRole('button', { name: 'Merge for good' }).click()
  await expect(page.getByText(`Merged into Ada Merge${mark}.`)).toBeVisible()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(/became part of this one/)).toBeVisible()
  await expect(page.getByText('Jonas Weber').first()).toBeVisible()
  const found = await page.request.get(`/v1/contacts/${encodeURIComponent(`phone:+3361${mark}`)}`)
  expect(((await found.json()) as { id: string }).id).toBe(keep)
})

test('a contact is handed over as a file, then erased for good', async ({ page }) => {
  const name = `Eve Erase${unique()}`
  const id = await make(page, { email: address('erase'), name, stage: 'new_lead' })
  await page.goto(`/contacts/${id}`)
  await page.getByRole('button', { name: /^More for/ }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Download all that is known' }).click(),
  ])
  expect(file.suggestedFilename()).toBe(`contact-${id}.json`)
  await page.getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: 'Erase for good' }).click()
  const dialog = page.getByRole('dialog')
  const erase = dialog.getByRole('button', { name: 'Erase for good' })
  await expect(erase).toBeDisabled()
  await dialog.getByRole('textbox').fill('Eve')
  await expect(erase).toBeDisabled()
  await dialog.getByRole('textbox').fill(name)
  await expectAccessible(page)
  await erase.click()
  await expect(page.getByText(`${name} was erased for good.`)).toBeVisible()
  expect((await page.request.get(`/v1/contacts/${id}`)).status()).toBe(404)
  await page.goto(`/contacts?q=${encodeURIComponent(name)}`)
  await expect(page.getByRole('heading', { name: /^No contact/ })).toBeVisible()
})
