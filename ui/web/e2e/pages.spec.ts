import { expect, expectAccessible, expectNoSideScroll, test } from './page'

test('contacts are found and opened', async ({ page }) => {
  await page.goto('/contacts')
  const first = page.getByRole('rowheader').getByRole('link').first()
  await expect(first).toBeVisible()
  await expectNoSideScroll(page)
  await expectAccessible(page)
  const name = (await first.innerText()).trim()
  await page.getByRole('searchbox').fill(name.slice(0, 4))
  await expect(page).toHaveURL(/q=/)
  await page.getByRole('link', { name }).first().click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Journeys' })).toBeVisible()
  await expect(page.getByText('Created', { exact: true }).first()).toBeVisible()
  await expectNoSideScroll(page)
  await expectAccessible(page)
})

for (const [path, title] of [
  ['/stages', 'History'],
  ['/import', 'Past imports'],
  ['/log', 'Changes'],
  ['/lists', 'Lists'],
  ['/kept', 'Messages'],
  ['/contacts/board', 'Contacts'],
  ['/sign-in', 'Sign in'],
  ['/setup?token=none', 'Set up Tidemark'],
  ['/nowhere', 'There is no page at this address'],
] as const) {
  test(`${path} fits and is accessible`, async ({ page }) => {
    await page.goto(path)
    await expect(page.getByRole('heading', { name: title, exact: true }).first()).toBeVisible()
    await expectNoSideScroll(page)
    await expectAccessible(page)
  })
}

test('the colour scheme can be chosen and stays', async ({ page }) => {
  await page.goto('/stages')
  const root = page.locator('html')
  for (const [label, scheme] of [
    ['Dark', 'dark'],
    ['Light', 'light'],
  ] as const) {
    await page.getByRole('button', { name: 'Account' }).click()
    await page.getByRole('menuitemradio', { name: label }).click()
    await expect(root).toHaveAttribute('data-mantine-color-scheme', scheme)
    await page.keyboard.press('Escape')
  }
  await page.reload()
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'light')
})
