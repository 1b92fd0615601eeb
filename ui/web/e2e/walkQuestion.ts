import { COMPARES, FILTERS, PRESETS } from '../src/features/lifecycle/search'
import { expect } from './page'
import type { Reader } from './walk'

export async function askRange(reader: Reader) {
  const { page, t } = reader
  await page.goto('/')
  await expect(page.getByRole('heading', { name: t('funnel.title') })).toBeVisible()
  const panel = await reader.open(reader.control(t('sentence.rangeName')), 'dialog', 'range')
  await expect(panel.getByRole('button')).toHaveText([
    ...PRESETS.map((preset) => t(`range.${preset}`)),
    t('range.apply'),
  ])
  await reader.button(t('range.last_30_days'), panel).click()
  await expect(page).toHaveURL(/preset=last_30_days/)
  await reader.control(t('sentence.rangeName'), t('sentence.preset.last_30_days')).click()
  await panel.getByLabel(t('range.typeLabel')).fill(t('range.last_quarter'))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/preset=last_quarter/)
  await reader.control(t('sentence.rangeName'), t('sentence.preset.last_quarter')).click()
  await panel.getByLabel(t('range.typeLabel')).fill('???')
  await page.keyboard.press('Enter')
  await expect(panel.getByText(t('range.typeWrong'))).toBeVisible()
  await panel.getByLabel(t('range.from')).fill('2026-09-01')
  await panel.getByLabel(t('range.to')).fill('2026-08-01')
  await expect(panel.getByText(t('range.backwards'))).toBeVisible()
  await panel.getByLabel(t('range.to')).fill('2026-11-15')
  await expect(panel.getByText(t('range.backwards'))).toHaveCount(0)
  await reader.button(t('range.apply'), panel).click()
  await expect(page).toHaveURL(/from=2026-09-01&to=2026-11-15|to=2026-11-15.*from=2026-09-01/)
}

export async function askComparison(reader: Reader) {
  const { page, t } = reader
  const panel = await reader.open(reader.control(t('sentence.compareName')), 'dialog', 'compare')
  await expect(panel.getByRole('button')).toHaveText([
    ...COMPARES.map((one) => t(`compare.${one}`)),
    t('compare.own'),
  ])
  await reader.button(t('compare.none'), panel).click()
  await expect(page.getByText(t('change.notCompared')).first()).toBeVisible()
  await reader.control(t('sentence.compareName'), t('sentence.compare.none')).click()
  await panel.getByLabel(t('compare.from')).fill('2026-07-01')
  await panel.getByLabel(t('compare.to')).fill('2026-07-31')
  await reader.button(t('compare.own'), panel).click()
  await expect(page).toHaveURL(/compare_from=2026-07-01/)
  const [before = '', after = ''] = t('card.compared', { days: '|', count: 31 }).split('|')
  await expect(page.getByText(after)).toContainText(before)
}

export async function askFilters(reader: Reader) {
  const { page, t } = reader
  const panel = await reader.open(reader.control(t('sentence.filterName')), 'dialog', 'filter')
  await expect(panel.getByRole('option')).toHaveText(FILTERS.map((name) => t(`filter.name.${name}`)))
  await panel.getByRole('checkbox').first().check()
  await panel.getByLabel(t('filter.by')).selectOption('journey')
  await panel.getByRole('checkbox').first().check()
  await reader.close()
  await expect(page).toHaveURL(/source=.*journey=|journey=.*source=/)
  const chips = page.getByRole('list', { name: t('filter.inForce') })
  await expect(chips.getByRole('button')).toHaveCount(3)
  await chips.getByRole('button').first().click()
  await expect(chips.getByRole('button')).toHaveCount(2)
  await reader.button(t('filter.clear')).click()
  await expect(chips).toHaveCount(0)
}

export async function askTime(reader: Reader) {
  const { page, t } = reader
  const panel = await reader.open(reader.control(t('maturity.name')), 'dialog', 'maturity')
  await panel.getByRole('button', { name: /^30/ }).first().click()
  await expect(page).toHaveURL(/min_age=30/)
  await panel.getByRole('button', { name: /^7/ }).last().click()
  await expect(page).toHaveURL(/window=7/)
  await reader.close()
  await expect(reader.control(t('maturity.name'), t('maturity.minAge', { count: 30 }))).toBeVisible()
}

export async function askGroups(reader: Reader) {
  const { page, t } = reader
  const panel = await reader.open(reader.control(t('sentence.groupName')), 'dialog', 'group')
  await expect(panel.getByRole('button')).toHaveText([
    t('group.none'),
    ...FILTERS.map((name) => t(`filter.name.${name}`)),
  ])
  await reader.button(t('filter.name.medium'), panel).click()
  await expect(page).toHaveURL(/group_by=medium/)
  await expect(reader.table(t('group.title', { by: t('filter.lower.medium') }))).toBeVisible()
  await reader.look('question', 'main')
}
