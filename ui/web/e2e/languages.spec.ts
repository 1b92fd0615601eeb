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
  })
}
