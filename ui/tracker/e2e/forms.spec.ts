import { expect, test } from './site.ts'

test('a marked form is sent without what is secret', async ({ site, home, page }) => {
  await page.goto(`${home}/form`)
  await page.getByRole('button').click()
  await expect.poll(() => site.seen.at(-1)).toBe('Thanks')
  const form = site.events.find((event) => event.type === 'form')?.form
  expect(form).toEqual({
    id: 'demo',
    fields: { email: 'ada@example.com', full_name: 'Ada', phone: '+33 1 23', terms: 'yes' },
    stage: 'hot_lead',
  })
})

test('other forms only where the site wants all', async ({ site, home, page }) => {
  await page.goto(`${home}/`)
  await page.getByRole('button', { name: 'Join' }).click()
  await expect.poll(() => site.seen.at(-1)).toBe('Thanks')
  expect(site.events.filter((event) => event.type === 'form')).toEqual([])
  site.tag = 'data-forms="all"'
  await page.goto(`${home}/`)
  await page.getByRole('button', { name: 'Join' }).click()
  await expect.poll(() => site.events.filter((event) => event.type === 'form').length).toBe(1)
})

test('the number of the source is shown, and stays', async ({ site, home, page }) => {
  await page.goto(`${home}/call`)
  const link = page.getByRole('link')
  await expect(link).toHaveText(site.number)
  await expect(link).toHaveAttribute('href', 'tel:+33199001122')
  await page.reload()
  await expect(link).toHaveText(site.number)
  expect(site.phoneAsked).toBe(1)
})
