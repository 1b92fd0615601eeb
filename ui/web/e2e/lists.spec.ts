import { expect, expectAccessible, expectNoSideScroll, test, unique } from './page'

test('a smart list follows its rule, filters the report, and is deleted', async ({ page }) => {
  const name = `Waiting${unique()}`
  await page.goto('/lists')
  await page.getByRole('button', { name: 'New list' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await expect(dialog.getByRole('button', { name: 'Make the list' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Condition', exact: true }).click()
  await dialog.getByRole('combobox', { name: 'Stage, value' }).selectOption({ label: 'Payment' })
  await expect(dialog.getByText('Everybody who fits this: is in Payment.')).toBeVisible()
  await page.setViewportSize({ width: 360, height: 780 })
  await expectNoSideScroll(page)
  await expectAccessible(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await dialog.getByRole('button', { name: 'Make the list' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await expect(page.getByText(/^\d+ members/)).toBeVisible()
  await expect(page.getByRole('cell', { name: 'Payment' }).first()).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Entered and left' })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Lifecycle report of these' }).click()
  await expect(page).toHaveURL(/segment=list/)
  await page.goBack()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await dialog.getByRole('combobox', { name: 'Stage, value' }).selectOption({ label: 'Proposal' })
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Everybody who fits this: is in Proposal.')).toBeVisible()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText(`List “${name}” deleted. Its contacts are untouched.`)).toBeVisible()
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0)
})

test('a static list takes members by e-mail, says who is unknown, and remembers who came and went', async ({
  page,
}) => {
  const mark = unique()
  await page.goto('/lists')
  for (const who of ['ann', 'bea']) {
    await page.request.post('/v1/contacts', {
      data: { email: `${who}.${mark}@list.example`, name: `${who} ${mark}` },
    })
  }
  await page.getByRole('button', { name: 'New list' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(`Static${mark}`)
  await dialog.getByRole('radio', { name: /^Static/ }).check()
  await dialog.getByRole('button', { name: 'Make the list' }).click()
  await expect(page.getByRole('heading', { name: 'Nobody is in this list' })).toBeVisible()

  await page.getByRole('button', { name: 'Add members' }).click()
  await dialog
    .getByLabel('Who belongs to it?')
    .fill(`ann.${mark}@list.example\nnobody.${mark}@list.example\nBEA.${mark}@list.example`)
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('1 line names nobody we know')
  // What was wrong stays to be corrected, and nothing else.
  await expect(dialog.getByLabel('Who belongs to it?')).toHaveValue(`nobody.${mark}@list.example`)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('rowheader')).toHaveCount(2)
  await expect(page.getByText('2 entered')).toBeVisible()
  await page.getByRole('checkbox', { name: `Choose ann ${mark}` }).check()
  await page.getByRole('button', { name: 'Take out of the list' }).click()
  await expect(page.getByRole('rowheader')).toHaveCount(1)
  await expect(page.getByText('1 left')).toBeVisible()
})
