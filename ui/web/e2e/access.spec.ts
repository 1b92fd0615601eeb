import { expect, expectAccessible, expectNoSideScroll, test, unique } from './page'

test('a person is let in to look, gets to write, chooses a password and is taken out', async ({
  page,
  browser,
}) => {
  // Two browsers, and passwords that are slow to check on purpose.
  test.slow()
  await page.goto('/')
  await page
    .getByRole('navigation', { name: 'Pages', exact: true })
    .getByRole('link', { name: 'Settings' })
    .click()
  await page.getByRole('link', { name: 'People and keys' }).click()
  const people = page.getByRole('table', { name: 'People' })
  await expect(people.getByRole('row').filter({ hasText: '(you)' })).toContainText('only owner')
  const email = `ben${unique()}@example.com`
  await page.getByRole('button', { name: 'Add a person' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Ben Otieno')
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill('not an address')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog.getByText('Not an e-mail address.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await expectAccessible(page, '[role="dialog"]')
  await dialog.getByRole('button', { name: 'Add' }).click()
  const first = (await dialog.getByText(/sign-in/).innerText()).split('\n')
  expect(first[1]).toBe(email)
  await expectAccessible(page, '[role="dialog"]')
  await dialog.getByRole('button', { name: 'Done' }).click()
  const row = people.getByRole('row').filter({ hasText: email })
  await expect(row).toContainText('Viewer')

  const theirs = await browser.newContext({ viewport: { width: 360, height: 780 } })
  const ben = await theirs.newPage()
  await ben.goto(first[0] ?? '')
  await ben.getByLabel('E-mail').fill(email)
  await ben.getByLabel('Password', { exact: true }).fill(first[2] ?? '')
  await ben.getByRole('button', { name: 'Sign in' }).click()
  await expect(ben.getByRole('heading', { name: 'Journey funnel' })).toBeVisible()
  await ben.goto('/settings/people')
  await expect(ben.getByRole('table', { name: 'People' })).toContainText('Ben Otieno (you)')
  for (const hidden of ['Add a person', 'New key']) {
    await expect(ben.getByRole('button', { name: hidden })).toBeHidden()
  }
  await expectNoSideScroll(ben)
  await expectAccessible(ben)
  for (const page of ['Tracking', 'Destinations']) {
    await ben.getByRole('link', { name: page }).click()
    await expect(ben.getByText('An admin sets this up.')).toBeVisible()
  }
  await ben.getByRole('link', { name: 'People and keys' }).click()
  await ben.getByLabel('Present password').fill('not this one')
  await ben.getByLabel('New password').fill('one of my own')
  await ben.getByRole('button', { name: 'Change it' }).click()
  await expect(ben.getByText('This is not your password.')).toBeVisible()
  await ben.getByLabel('Present password').fill(first[2] ?? '')
  await ben.getByRole('button', { name: 'Change it' }).click()
  await expect(ben.getByText('Your password is changed')).toBeVisible()

  await row.getByRole('button', { name: 'Change' }).click()
  await dialog.getByRole('radio', { name: 'Editor' }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('Editor')
  await row.getByRole('button', { name: 'Remove' }).click()
  await expectAccessible(page, '[role="dialog"]')
  await dialog.getByRole('button', { name: 'Take out' }).click()
  await expect(row).toBeHidden()
  await ben.goto('/settings/people')
  await expect(ben.getByText('Ben Otieno (you)')).toBeHidden()
  await theirs.close()
})

test('a key of a site is made, moved to another site and ended', async ({ page, request }) => {
  await page.goto('/settings/people')
  const keys = page.getByRole('table', { name: 'API keys' })
  const name = `Shop ${unique()}`
  await page.getByRole('button', { name: 'New key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await expect(dialog.getByRole('textbox', { name: 'Sites' })).toBeHidden()
  await dialog.getByRole('radio', { name: 'Only collect' }).check()
  await dialog.getByRole('textbox', { name: 'Sites' }).fill('ftp://shop.example')
  await dialog.getByRole('button', { name: 'Make the key' }).click()
  await expect(dialog.getByText('Not a site')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Sites' }).fill('shop.example')
  await expectAccessible(page, '[role="dialog"]')
  await dialog.getByRole('button', { name: 'Make the key' }).click()
  const secret = await dialog.getByText(/^tmk_/).innerText()
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  const row = keys.getByRole('row').filter({ hasText: name })
  await expect(row).toContainText('https://shop.example')
  await expect(row).toContainText('never')

  const from = async (origin: string) => {
    const query = `key=${secret}&page=${encodeURIComponent(`${origin}/`)}`
    return (await request.get(`/v1/phone?${query}`, { headers: { origin } })).status()
  }
  expect(await from('https://shop.example')).toBe(200)
  expect(await from('https://new.example')).toBe(403)
  await page.reload()
  await expect(row).not.toContainText('never')
  await row.getByRole('button', { name: 'Change' }).click()
  await dialog.getByRole('textbox', { name: 'Sites' }).fill('https://new.example')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('https://new.example')
  expect(await from('https://shop.example')).toBe(403)
  expect(await from('https://new.example')).toBe(200)

  await page.setViewportSize({ width: 360, height: 780 })
  await expectNoSideScroll(page)
  await expectAccessible(page)
  await row.getByRole('button', { name: 'End' }).click()
  await dialog.getByRole('button', { name: 'End it' }).click()
  await expect(row).toBeHidden()
  expect(await from('https://new.example')).toBe(401)
})
