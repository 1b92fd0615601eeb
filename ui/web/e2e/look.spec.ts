import { expect, expectNoSideScroll, readThrough, test, unique } from './page'

/** What is drawn below each other is of one scale, and nothing is wider than its screen. */

test('bars of opportunities are of one scale', async ({ page }) => {
  await page.goto('/opportunities')
  const rows = page.getByRole('list', { name: 'By stage' }).getByRole('listitem')
  await expect(rows.first()).toBeVisible()
  const widths = await rows.evaluateAll((all) =>
    all.map((row) => row.children[1]?.getBoundingClientRect().width),
  )
  expect(widths.length).toBeGreaterThan(2)
  expect(new Set(widths).size).toBe(1)
})

test('bars in cells begin at one place, with and without a link beside them', async ({ page }) => {
  await page.goto('/?preset=last_14_days')
  const table = page.getByRole('table', { name: 'Losses by reason' })
  await expect(table).toBeVisible()
  const ends = await table
    .locator('tbody td:nth-child(3) > span')
    .evaluateAll((cells) => cells.map((cell) => Math.round(cell.getBoundingClientRect().left)))
  expect(ends.length).toBeGreaterThan(2)
  expect(new Set(ends).size).toBe(1)
})

test('the open page of the settings is in view on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 })
  await page.goto('/settings/people')
  const open = page.getByRole('link', { name: 'People and keys' })
  await expect(open).toBeInViewport({ ratio: 0.99 })
})

test('a stage named with one long word fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 })
  await page.goto('/stages')
  const name = `Haushaltsmittelkürzungsumstrukturierungsmaßnahme${unique()}`
  const made = await page.request.post('/v1/stages', { data: { name, kind: 'lost' } })
  const { id } = (await made.json()) as { id: string }
  await page.reload()
  await expect(page.getByText(name).first()).toBeVisible()
  await expectNoSideScroll(page)
  await page.request.delete(`/v1/stages/${id}?mode=erase`)
  await page.reload()
  await expect(page.getByText('Restore').first()).toBeVisible()
  await expectNoSideScroll(page)
})

test('what a chart says of a point is no wider than a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 })
  await page.goto('/?preset=last_90_days')
  await readThrough(page)
  const chart = page.locator('[aria-labelledby="trend"] [role="img"]')
  await chart.scrollIntoViewIfNeeded()
  const box = await chart.boundingBox()
  await chart.hover({ position: { x: (box?.width ?? 0) - 70, y: 100 } })
  await expect(chart.getByText(/may still change/)).toBeVisible()
  await expectNoSideScroll(page)
})

/** The inks of the light palette. */
const INK = 'rgb(24, 33, 36)'
const INK_2 = 'rgb(77, 88, 92)'

test('a report on paper has its bars, fits, and is light', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/?preset=last_90_days')
  await readThrough(page)
  const chart = page.locator('[aria-labelledby="trend"] [role="img"] svg')
  const chartInk = chart.locator('text').first()
  await page.setViewportSize({ width: 794, height: 1123 })
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expectNoSideScroll(page)
  await expect(page.locator('body')).toHaveCSS('print-color-adjust', 'exact')
  await expect(page.locator('body')).toHaveCSS('color', INK)
  await expect(chartInk).toHaveCSS('fill', INK_2)
  // It fits whatever the paper is: no page is told how wide that is before it is printed.
  await expect(chart).toHaveAttribute('viewBox', /^0 0 718 /)
  await page.emulateMedia({ media: null })
  await expect(chart).not.toHaveAttribute('viewBox')
  await expect(chartInk).not.toHaveCSS('fill', INK_2)
})
