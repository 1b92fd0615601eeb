import type { Locator } from '@playwright/test'
import { INTERVALS, METRICS } from '../src/features/lifecycle/search'
import { expect, readThrough } from './page'
import type { Reader } from './walk'
import { GROUPED } from './walk'

/** Every chart has a table beside it and goes away as an image and as a drawing. */
export async function seeCharts(reader: Reader) {
  const { page, t } = reader
  await page.goto(GROUPED)
  await readThrough(page)
  for (const title of [t('funnel.title'), t('trend.title'), t('curves.title'), t('histogram.title.won')]) {
    const part = reader.region(title)
    const named = title === t('funnel.title')
    await reader.button(named ? t('funnel.asTable') : t('chart.asTableLabel', { chart: title }), part).click()
    await expect(reader.table(title)).toBeVisible()
    await reader.picture(`table-${await part.getAttribute('aria-labelledby')}`, part)
    await reader.button(named ? t('funnel.asChart') : t('chart.asChartLabel', { chart: title }), part).click()
    await expect(reader.table(title)).toHaveCount(0)
  }
  for (const title of [
    t('funnel.title'),
    t('trend.title'),
    t('curves.title'),
    t('histogram.title.won'),
    t('flow.streamTitle'),
  ]) {
    for (const file of ['png', 'svg'] as const) {
      expect((await reader.takes(title, file)).suggestedFilename()).toMatch(new RegExp(`[^.]\\.${file}$`))
    }
  }
  await reader
    .button(t('explain.outcome.lost'), page.getByRole('group', { name: t('histogram.exit') }))
    .click()
  await expect(reader.region(t('histogram.title.lost'))).toBeVisible()
  await reader.button(t('explain.outcome.won'), page.getByRole('group', { name: t('curves.exit') })).click()
  await expect(reader.region(t('histogram.title.won'))).toBeVisible()
}

/** Figures over time, by day, week and month; a mark, and equal spans before and after it. */
export async function followTime(reader: Reader) {
  const { page, t } = reader
  const trend = reader.region(t('trend.title'))
  for (const metric of METRICS) await press(reader.button(t(`trend.metrics.${metric}`), trend))
  for (const interval of INTERVALS) await press(reader.button(t(`trend.by.${interval}`), trend))
  const marks = trend.getByRole('list', { name: t('trend.marks') })
  const box = await reader.open(marks.getByRole('button').first(), 'dialog', 'mark')
  await expect(box.getByText(t('trend.around'))).toBeVisible()
  await reader.button(t('trend.spans', { count: 7 }), box).click()
  await expect(page).toHaveURL(/around=.*days=7|days=7.*around=/)
  await expect(page.getByRole('list', { name: t('notices') })).toBeVisible()
  await reader.look('around')
}

async function press(choice: Locator) {
  await choice.click()
  await expect(choice).toHaveAttribute('aria-pressed', 'true')
}

/** From a number to the journeys behind it, page by page, to a file, to a contact and back. */
export async function explain(reader: Reader) {
  const { page, t } = reader
  await page.goto(GROUPED)
  const sum = page.getByLabel(t('outcome.sum'))
  const number = sum.getByRole('link').first()
  const panel = await reader.open(number, 'dialog', 'explain')
  const rows = panel.getByRole('listitem')
  await expect(rows.first()).toBeVisible()
  const first = await rows.count()
  await reader.button(t('explain.more'), panel).click()
  await expect.poll(() => rows.count()).toBeGreaterThan(first)
  const saved = page.waitForEvent('download')
  await panel.getByRole('link', { name: t('explain.csv'), exact: true }).click()
  expect((await saved).suggestedFilename()).toMatch(/\.csv$/)
  const contact = rows.first().getByRole('link')
  const name = await contact.innerText()
  await contact.click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await page.goBack()
  await reader.button(t('explain.close')).click()
  await expect(page).not.toHaveURL(/explain=/)
  for (const title of [t('matrix.title'), t('stage.title'), t('lost.title')]) {
    await reader.table(title).getByRole('link').first().click()
    await expect(panel.getByRole('status')).toBeVisible()
    await reader.close()
  }
  await readThrough(page)
  const stuck = reader.region(t('stuck.title'))
  await expect(stuck.getByRole('rowheader')).toHaveCount(10)
  await reader.button(t('explain.more'), stuck).click()
  await expect.poll(() => stuck.getByRole('rowheader').count()).toBeGreaterThan(10)
  await reader
    .region(t('check.title'))
    .getByRole('link', { name: t('check.lead.filter'), exact: true })
    .click()
  await expect(page).toHaveURL(/source=(&|$)/)
}
