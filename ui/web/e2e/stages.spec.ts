import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, unique } from './page'

const progress = (page: Page) => page.locator('section[aria-labelledby="kind-progress"]')
/** All at once: a row may go while they are read. */
const names = (page: Page) =>
  progress(page)
    .getByRole('button', { name: /^Edit / })
    .evaluateAll((rows) => rows.map((row) => (row.getAttribute('aria-label') ?? '').replace('Edit ', '')))

async function open(page: Page) {
  await page.goto('/stages')
  await expect(page.getByRole('button', { name: 'Edit Customer' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
}

async function addStage(page: Page, name: string) {
  await page.getByRole('button', { name: 'Add a stage', exact: true }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(`${name} added.`)).toBeVisible()
}

async function takeOut(page: Page, name: string) {
  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: /Archive, merge or erase/ }).click()
  await expect(page.getByRole('dialog', { name: `Take ${name} out of use` })).toBeVisible()
}

test('a stage is renamed, undone, and moved by keyboard with its focus kept', async ({ page }) => {
  await open(page)
  const before = await names(page)
  const [first = '', second = ''] = before
  await page.getByRole('button', { name: `Edit ${second}` }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Renamed stage')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Renamed stage saved.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(page.getByRole('button', { name: `Edit ${second}` })).toBeVisible()
  const grip = page.getByRole('button', { name: new RegExp(`^Move ${second}`) })
  await grip.focus()
  await page.keyboard.press('ArrowUp')
  await expect.poll(async () => (await names(page))[0]).toBe(second)
  await expect(page.getByText(`${second} is now 1 of ${before.length}.`)).toBeAttached()
  await expect(grip).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect.poll(async () => (await names(page))[0]).toBe(first)
})

test('filters call a stage by its new name at once', async ({ page }) => {
  const name = `Named${unique()}`
  await page.goto('/contacts?filter=stage+%3D+%22partner%22')
  const said = page.getByText(/^Everybody who fits this: is in/)
  await expect(said).toHaveText('Everybody who fits this: is in Partner.')
  await page.getByRole('link', { name: 'Stages', exact: true }).click()
  await page.getByRole('button', { name: 'Edit Partner' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(`${name} saved.`)).toBeVisible()
  await page.goBack()
  await expect(said).toHaveText(`Everybody who fits this: is in ${name}.`)
  await page.goForward()
  await page.getByRole('button', { name: `Edit ${name}` }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Partner')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Partner saved.')).toBeVisible()
})

test('a stage is dragged to another place', async ({ page }) => {
  await open(page)
  const before = await names(page)
  const [first = '', second = ''] = before
  const from = await page.getByRole('button', { name: new RegExp(`^Move ${first}`) }).boundingBox()
  const to = await page.getByRole('button', { name: new RegExp(`^Move ${second}`) }).boundingBox()
  if (!from || !to) throw new Error('no grips')
  await page.mouse.move(from.x + 10, from.y + 10)
  await page.mouse.down()
  await page.mouse.move(from.x + 10, to.y + 20, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => (await names(page))[0]).toBe(second)
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect.poll(async () => (await names(page))[0]).toBe(first)
})

test('erasing says what it does, does it, stands in the history, and is undone', async ({ page }) => {
  await open(page)
  const second = (await names(page))[1] ?? ''
  await takeOut(page, second)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^Erase/ }).check()
  await dialog.getByLabel('Contacts who are in it now go to').selectOption({ index: 1 })
  await expect(dialog.getByText(/is read differently|are read differently/)).toBeVisible()
  await expect(dialog.getByRole('row', { name: /Conversion rate/ })).toBeVisible()
  await expectAccessible(page, '[role="dialog"]')
  await dialog.getByRole('button', { name: 'Erase', exact: true }).click()
  await expect(page.getByText(`${second} erased.`)).toBeVisible()
  const out = page.locator('section[aria-labelledby="out"]')
  await expect(out.getByText(second, { exact: true })).toBeVisible()
  const history = page.locator('section[aria-labelledby="history"]')
  await expect(history.getByText(new RegExp(`Stage ${second} was erased`)).first()).toBeVisible()
  await expect(
    history
      .locator('li')
      .first()
      .getByText(/read differently/),
  ).toBeVisible({ timeout: 60_000 })
  await out.getByRole('button', { name: `Restore ${second}` }).click()
  await expect(page.getByText(`${second} is back.`)).toBeVisible()
  await expect.poll(() => names(page)).toContain(second)
})

test('a merge needs its target; a stage is archived and comes back from the history', async ({ page }) => {
  await open(page)
  const name = `Trial ${unique()}`
  await addStage(page, name)
  await takeOut(page, name)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^Merge/ }).check()
  await expect(dialog.getByRole('button', { name: 'Merge into another', exact: true })).toBeDisabled()
  await dialog.getByRole('radio', { name: /^Archive/ }).check()
  await dialog.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(page.getByText(`${name} archived.`)).toBeVisible()
  await page.getByRole('button', { name: new RegExp(`Undo: Stage ${name} was archived`) }).click()
  await expect(page.getByText('Undone.')).toBeVisible()
  expect(await names(page)).toContain(name)
  await page.getByRole('button', { name: new RegExp(`Undo: Stage ${name} was added`) }).click()
  await expect.poll(() => names(page)).not.toContain(name)
})

test('who saves second is told, and nothing is lost', async ({ page, context }) => {
  await open(page)
  const name = (await names(page))[0] ?? ''
  await page.getByRole('button', { name: `Edit ${name}` }).click()
  await expect(page.getByLabel('Description')).toBeVisible()
  const other = await context.newPage()
  await open(other)
  await other.getByRole('button', { name: `Edit ${name}` }).click()
  await other.getByLabel('Emoji').fill('🌊')
  await other.getByLabel('Description').fill('Theirs.')
  await other.getByRole('button', { name: 'Save' }).click()
  await expect(other.getByText(`${name} saved.`)).toBeVisible()
  await page.getByLabel('Description').fill('Mine.')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Somebody else saved this stage first.')).toBeVisible()
  await expectAccessible(page)
  await expect(page.getByRole('dialog').getByText('Theirs.', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Save the chosen' }).click()
  await expect(page.getByText(`${name} saved.`)).toBeVisible()
  const row = progress(page).locator('li').first()
  await expect(row).toContainText('Mine.')
  await expect(row).toContainText('🌊')
})

test('Won explains why it stays', async ({ page }) => {
  await open(page)
  const won = page.locator('section[aria-labelledby="kind-won"]')
  await expect(won.getByText(/every rate counts what reaches it/).first()).toBeVisible()
  await expect(won.getByRole('button', { name: /^More/ })).toHaveCount(0)
})

test('options are switched and undone', async ({ page }) => {
  await open(page)
  const bulk = page.getByRole('switch', { name: /Count imports and bulk changes/ })
  await bulk.click() // it moves once the server has answered
  await expect(bulk).toBeChecked()
  await expect(page.getByText('Saved.')).toBeVisible()
  await expect(page.locator('section[aria-labelledby="history"] li').first()).toContainText('count as moves')
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(bulk).not.toBeChecked()
})
