import { expect, expectAccessible, test } from './page'

const link = process.env.TIDEMARK_SETUP_URL
const owner = { name: 'Maya Olsen', email: 'maya@example.com', password: 'a long enough one' }

test.use({ fresh: true })
test.skip(!link, 'TIDEMARK_SETUP_URL, the link that a new server prints, is not set')

test('the first owner sets the server up, signs out and in again', async ({ page }) => {
  await page.goto(link ?? '')
  await page.getByLabel('Your name').fill(owner.name)
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Create the owner' }).click()

  await expect(page.getByRole('heading', { name: 'Nobody entered in this range' })).toBeVisible()
  await expect(page.getByText('made up')).toBeHidden()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Contacts', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'No contacts yet' })).toBeVisible()

  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  const origin = new URL(link ?? '').origin
  await page.goto(`${origin}/stages`)
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByLabel('Password', { exact: true }).fill('not the one at all')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('do not match')
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/stages$/)
})

test('a used link says so', async ({ page }) => {
  await page.goto(link ?? '')
  await page.getByLabel('Your name').fill('Somebody Else')
  await page.getByLabel('E-mail').fill('else@example.com')
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Create the owner' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
})
