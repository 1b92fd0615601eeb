import { expect, readThrough } from './page'
import type { Reader } from './walk'
import { GROUPED } from './walk'

/** The whole report, part by part; nothing moves once it is there. */
export async function seeAll(reader: Reader) {
  const { page, t } = reader
  await page.goto(GROUPED)
  await readThrough(page)
  const moved = await watchMoves(page)
  await expect(page.getByRole('status').first()).toContainText(/\d\d[:.]\d\d/)
  await page.evaluate(() => window.scrollTo(0, 0))
  await reader.look('report')
  await reader.lookInTheOther('report')
  expect(await moved()).toEqual([])
  // What has no value of its own is named in the reader's language.
  const groups = reader.table(t('group.title', { by: t('filter.lower.campaign') }))
  await expect(groups.getByRole('rowheader', { name: t('filter.none.campaign'), exact: true })).toBeVisible()
}

/** What moved though nobody did anything, from now on. */
async function watchMoves(page: Reader['page']): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const moved: string[] = []
    Object.assign(window, { moved })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number
        hadRecentInput: boolean
      })[]) {
        // Below this is the rounding of a letter's place.
        if (entry.value > 0.005 && !entry.hadRecentInput) moved.push(entry.value.toFixed(4))
      }
    }).observe({ type: 'layout-shift' })
  })
  return () => page.evaluate(() => (window as unknown as { moved: string[] }).moved)
}

/** Each figure, chart and section says what it tells, why it matters, and an example. */
export async function hearFigures(reader: Reader) {
  const { t } = reader
  for (const card of [
    'conversion_rate',
    'time_to_conversion',
    'drop_off_rate',
    'time_to_drop_off',
  ] as const) {
    await reader.hears(t(`card.${card}.title`), reader.region(t('card.all')))
  }
  for (const pace of ['hand_off', 'handling', 'stranger_to_customer'] as const) {
    await reader.hears(t(`pace.${pace}.title`))
  }
  for (const section of [
    t('funnel.title'),
    t('group.title', { by: t('filter.lower.campaign') }),
    t('matrix.title'),
    t('trend.title'),
    t('curves.title'),
    t('histogram.title.won'),
    t('forecast.title'),
    t('flow.streamTitle'),
    t('stuck.title'),
  ]) {
    await reader.hears(section, reader.region(section))
  }
}

/** Columns are chosen, ordered and put back, tables sorted, copied and taken away as files. */
export async function useTables(reader: Reader) {
  const { page, t } = reader
  await page.goto(GROUPED)
  await readThrough(page)
  const groups = t('group.title', { by: t('filter.lower.campaign') })
  for (const title of [groups, t('stage.title'), t('lost.title'), t('flow.title'), t('stuck.title')]) {
    await chooseColumns(reader, title)
    await sortAndCopy(reader, title)
  }
  await sortAndCopy(reader, t('matrix.title'))
  await reader.hears(t('stage.visited'), reader.table(t('stage.title')))
  const files = ['csv', 'parquet'] as const
  for (const file of files) {
    expect((await reader.takes(t('stage.title'), file)).suggestedFilename()).toMatch(
      new RegExp(`\\.${file}$`),
    )
  }
  await reader.button(t('export.label', { table: t('lost.title') })).click()
  await reader.look('export', '[role="menu"]')
  await expect(page.getByRole('menuitem')).toHaveText([
    t('export.csv'),
    t('export.parquet'),
    t('export.copy'),
  ])
  await reader.close()
}

async function chooseColumns(reader: Reader, title: string) {
  const { t } = reader
  const heads = reader.table(title).getByRole('columnheader')
  const before = await heads.allTextContents()
  const name = t('columns.label', { table: title })
  await reader.button(name).click()
  const chooser = reader.page.getByRole('dialog')
  await expect(chooser).toBeVisible()
  if (title === t('stage.title')) await reader.look('columns', '[role="dialog"]')
  const choices = chooser.getByRole('checkbox')
  await choices.nth(1).uncheck()
  await expect(heads).toHaveCount(before.length - 1)
  await chooser.getByRole('listitem').first().getByRole('button').last().click()
  await expect(heads.nth(2)).toHaveText(before[1] ?? '')
  await reader.button(t('columns.reset'), chooser).click()
  await expect(heads).toHaveText(before)
  await reader.close()
}

async function sortAndCopy(reader: Reader, title: string) {
  const { page, t } = reader
  const table = reader.table(title)
  const head = table.getByRole('columnheader').nth(1)
  await head.getByRole('button').first().click()
  await expect(head).toHaveAttribute('aria-sort', /ascending|descending/)
  await reader.button(t('export.label', { table: title })).click()
  await page.getByRole('menuitem', { name: t('export.copy'), exact: true }).click()
  await expect(page.getByText(t('export.copied')).last()).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  const first = table.getByRole('columnheader').first()
  expect(copied.split('\t')[0]).toBe(
    (await first.locator('button > span, span').first().innerText()).split('\n')[0],
  )
}
