import { expect, expectAccessible, openReport, outcome, readThrough, test } from './page'

test('over time: figures, periods, files, and from a mark to equal spans', async ({ page }) => {
  await openReport(page)
  await readThrough(page)
  const trend = page.getByRole('region', { name: 'Over time' })
  await trend.getByRole('button', { name: 'Drop-off rate' }).click()
  await trend.getByRole('button', { name: 'by month' }).click()
  await expect(page).toHaveURL(/trend=drop_off_rate/)
  await expect(page).toHaveURL(/interval=month/)
  await trend.getByRole('button', { name: 'Over time: show as table' }).click()
  const row = trend.getByRole('row').nth(1)
  const won = Number(await row.getByRole('link').nth(1).innerText())
  await row.getByRole('link').nth(1).click()
  const panel = page.getByRole('dialog', { name: /Won · Entered/ })
  await expect(panel.getByRole('status')).toContainText(won > 50 ? 'newest' : String(won))
  await page.keyboard.press('Escape')
  await trend.getByRole('button', { name: 'Over time: show as chart' }).click()
  for (const [item, ending] of [
    ['Image (PNG)', /^over-time\.png$/],
    ['Drawing (SVG)', /^over-time\.svg$/],
    ['Parquet', /\.parquet$/],
  ] as const) {
    await trend.getByRole('button', { name: 'Over time: export' }).click()
    const saved = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: item }).click()
    expect((await saved).suggestedFilename()).toMatch(ending)
  }
  const marks = trend.getByRole('list', { name: 'What changed meanwhile' })
  await marks.getByRole('button').first().click()
  await expectAccessible(page, '[role="dialog"]')
  await page.getByRole('button', { name: '7 days before and after' }).click()
  await expect(page).toHaveURL(/around=.*days=7|days=7.*around=/)
  await expect(page.getByRole('button', { name: /in the 7 days from .*around a mark/ })).toBeVisible()
})

test('time since entry: curves of groups and their tests, histogram, forecast', async ({ page }) => {
  await openReport(page, '?preset=last_90_days&group_by=source')
  await expect(
    page.getByText(/(Better|Worse) conversion than all others|No group clearly differs/),
  ).toBeVisible()
  await readThrough(page)
  const curves = page.getByRole('region', { name: 'Won and lost by time since entry' })
  await expect(curves.getByText(/in being won \(Gray's test, p/).first()).toBeVisible()
  await curves.getByRole('button', { name: 'show as table' }).click()
  await expect(curves.getByRole('table')).toBeVisible()
  await curves.getByRole('group', { name: 'Curves of' }).getByRole('button', { name: 'Lost' }).click()
  const histogram = page.getByRole('region', { name: 'How long until a loss' })
  await histogram.getByRole('button', { name: 'show as table' }).click()
  await expect(histogram.getByRole('row').last()).toContainText('100.0')
  const forecast = page.getByRole('region', { name: 'Still to come' })
  await expect(forecast.getByText(/will still be won, .* with 95 % certainty/)).toBeVisible()
  await expect(forecast.getByRole('table')).toBeVisible()
})

test('the way of the journeys adds up and leads to them; who waits too long leads to the contact', async ({
  page,
}) => {
  await openReport(page)
  await readThrough(page)
  const way = page.getByRole('region', { name: 'The way of the journeys', exact: true })
  const labels = await way
    .getByRole('link', { name: / lost from / })
    .evaluateAll((links) =>
      links.map((link) => Number(link.getAttribute('aria-label')?.split(' ')[0]?.replace(/\D/g, ''))),
    )
  expect(labels.reduce((sum, count) => sum + count, 0)).toBe(await outcome(page, 'lost'))
  // By key: the middle of the box around a curve is not on the curve.
  await way
    .getByRole('link', { name: / lost from / })
    .last()
    .press('Enter')
  await expect(page.getByRole('dialog', { name: /Lost · from/ })).toBeVisible()
  await page.keyboard.press('Escape')
  const stuck = page.getByRole('table', { name: 'Waiting for too long' })
  const name = await stuck.getByRole('rowheader').getByRole('link').first().innerText()
  await stuck.getByRole('rowheader').getByRole('link').first().click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
})

test('numbers look wrong: bulk changes are counted and taken back, findings lead on', async ({ page }) => {
  await openReport(page)
  await readThrough(page)
  const check = page.getByRole('region', { name: 'Numbers look wrong?' })
  // It moves once the server has answered, not at the click: everything is computed anew before.
  const counted = check.getByRole('switch')
  const anew = { timeout: 45_000 }
  await counted.click()
  await expect(counted).toBeChecked(anew)
  await expect(check.getByText(/are counted as moves\./)).toBeVisible(anew)
  await expect(counted).toBeEnabled(anew)
  await counted.click()
  await expect(counted).not.toBeChecked(anew)
  await expect(check.getByText(/are not counted as moves\./)).toBeVisible(anew)
  await check.getByRole('link', { name: 'Only these' }).click()
  await expect(page).toHaveURL(/source=(&|$)/)
})

test('columns are chosen, ordered and remembered; a table is sorted and copied', async ({ page }) => {
  await openReport(page)
  const table = page.getByRole('table', { name: 'Stages', exact: true })
  await page.getByRole('button', { name: 'Stages: columns' }).click()
  await page.getByRole('checkbox', { name: 'Time, mean' }).check()
  await page.getByRole('checkbox', { name: 'Of entered' }).uncheck()
  await page.getByRole('button', { name: 'Visited, further to the front' }).click()
  await expectAccessible(page, '[role="dialog"]')
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(table.getByRole('columnheader').nth(1)).toContainText('Visited')
  await expect(table.getByRole('columnheader', { name: /Time, mean/ })).toBeVisible()
  await expect(table.getByRole('columnheader', { name: /Of entered/ })).toBeHidden()
  await table.getByRole('button', { name: 'Visited, sort' }).click()
  await page.getByRole('button', { name: 'Stages: export' }).click()
  await page.getByRole('menuitem', { name: 'Copy the table' }).click()
  await expect(page.getByText('The table was copied')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.split('\n')[0]).toMatch(/^Stage\tVisited\t/)
  await page.getByRole('button', { name: 'What is: Visited?' }).click()
  await expect(page.getByText('Why it matters')).toBeVisible()
  await page.keyboard.press('Escape')
})

test('own days to compare with, and journeys that had the same time', async ({ page }) => {
  await openReport(page)
  await page.getByRole('button', { name: /^Compared with/ }).click()
  await page.getByLabel('Own days, from').fill('2026-01-01')
  await page.getByLabel('To, included').fill('2026-03-31')
  await page.getByRole('button', { name: 'Compare with these days' }).click()
  await expect(page).toHaveURL(/compare_from=2026-01-01/)
  await expect(page.getByText(/Compared with 1 Jan – 31 Mar 2026/)).toBeVisible()
  const all = await outcome(page, 'entered')
  await page.getByRole('button', { name: /^Time that the journeys had/ }).click()
  await expectAccessible(page, '[role="dialog"]')
  await page.getByRole('button', { name: '30 days' }).first().click()
  await expect(page).toHaveURL(/min_age=30/)
  await expect.poll(() => outcome(page, 'entered')).toBeLessThan(all)
  await expect(page.getByRole('button', { name: /at least 30 days old/ })).toBeVisible()
})
