import { expect, expectAccessible, expectNoSideScroll, test } from './page'

const SPOKEN = [
  {
    locale: 'fr-FR',
    funnel: 'Entonnoir des parcours',
    card: 'Taux de conversion',
    means: 'Tous ceux qui remplissent : est dans New lead.',
  },
  {
    locale: 'ru-RU',
    funnel: 'Воронка путей',
    card: 'Конверсия',
    means: 'Все, для кого верно: находится на этапе New lead.',
  },
]

for (const { locale, funnel, card, means } of SPOKEN) {
  test.describe(locale, () => {
    test.use({ locale, viewport: { width: 360, height: 780 } })

    test('the report and filters speak it, on a phone', async ({ page }) => {
      await page.goto('/?preset=last_7_days')
      await expect(page.getByRole('heading', { name: funnel })).toBeVisible()
      await expect(page.getByRole('heading', { name: card, exact: true })).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2))
      await expectNoSideScroll(page)
      await expectAccessible(page)
      await page.goto('/contacts?filter=stage+%3D+new_lead')
      await expect(page.getByText(means)).toBeVisible()
      await expectNoSideScroll(page)
    })
  })
}
