import { expect, expectNoSideScroll, test } from './page'

const SPOKEN = [
  {
    locale: 'fr-FR',
    means: 'Tous ceux qui remplissent : est dans New lead.',
  },
  {
    locale: 'ru-RU',
    means: 'Все, для кого верно: находится на этапе New lead.',
  },
]

for (const { locale, means } of SPOKEN) {
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } })

    test('filters speak it, on a phone', async ({ page }) => {
      await page.goto('/contacts?filter=stage+%3D+new_lead')
      await expect(page.getByText(means)).toBeVisible()
      await expectNoSideScroll(page)
    })

    test('the history of stages speaks it', async ({ page }) => {
      await page.goto('/stages')
      const edits = page.locator('section[aria-labelledby="history"] ol > li')
      await expect(edits.first()).toBeVisible()
      const said = (await edits.allInnerTexts()).join(' ')
      expect(said).toMatch(locale === 'ru-RU' ? /[Ээ]тап/ : /étape/)
      expect(said).not.toMatch(/\b(was|were|this|stages)\b/i)
    })
  })
}

test.describe('in Russian', () => {
  test.use({ locale: 'ru-RU' })

  test('people are called by a word for people', async ({ page }) => {
    await page.goto('/settings/people')
    const people = page.getByRole('table', { name: 'Люди' })
    await expect(people.getByRole('columnheader').first()).toContainText('Имя')
    await page.getByRole('button', { name: 'Добавить человека' }).click()
    await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Имя' })).toBeVisible()
  })
})
