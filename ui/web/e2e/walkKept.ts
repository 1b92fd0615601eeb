import { expect, unique } from './page'
import type { Reader } from './walk'
import { GROUPED } from './walk'

/** The forms that keep a report, note a day, send it and watch a number. */
export async function keep(reader: Reader) {
  const { page, t } = reader
  await page.goto('/?preset=last_7_days')
  const menu = reader.button(t('keep.menu'))
  const deeds = ['save', 'share', 'digest', 'alert', 'note'] as const
  const opened = await reader.open(menu, 'menu', 'keep')
  await expect(opened.getByRole('menuitem')).toHaveText([
    ...deeds.map((deed) => t(`keep.${deed}`)),
    t('keep.all'),
  ])
  await reader.close()
  for (const deed of deeds) {
    await menu.click()
    const form = await reader.open(
      opened.getByRole('menuitem', { name: t(`keep.${deed}`), exact: true }),
      'dialog',
      deed,
    )
    await expect(form).toHaveAccessibleName(t(`keep.${deed}`))
    await reader.close()
  }
  const name = `Walk ${unique()}`
  await menu.click()
  await opened.getByRole('menuitem', { name: t('keep.save'), exact: true }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(t('keep.name')).fill(name)
  await reader.button(t('keep.saveDo'), form).click()
  await expect(form).toBeHidden()
  await menu.click()
  await opened.getByRole('menuitem', { name: t('keep.note'), exact: true }).click()
  await form.getByLabel(t('keep.what')).fill(name)
  await reader.button(t('keep.noteDo'), form).click()
  await expect(form).toBeHidden()
  await menu.click()
  await opened.getByRole('menuitem', { name: t('keep.all'), exact: true }).click()
  await expect(page.getByRole('heading', { name: t('keep.all'), level: 1 })).toBeVisible()
  for (let n = 0; n < 2; n++) {
    const row = page.getByRole('row').filter({ hasText: name }).first()
    if (n === 0) await reader.look('kept')
    await row.getByRole('button').last().click()
    await expect(page.getByRole('row').filter({ hasText: name })).toHaveCount(1 - n)
  }
}

/** A link, what it shows to whoever has it, and its end. */
export async function share(reader: Reader) {
  const { page, t } = reader
  const name = `Walk ${unique()}`
  await page.goto(GROUPED)
  await reader.button(t('keep.menu')).click()
  await page.getByRole('menuitem', { name: t('keep.share'), exact: true }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(t('keep.shareName')).fill(name)
  await reader.button(t('keep.shareDo'), form).click()
  await expect(form.getByText(t('keep.linkOnce'))).toBeVisible()
  const link = await form.getByText(/\/share\//).innerText()
  await page.goto(link)
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await reader.look('shared')
  await page.goto('/kept')
  const row = page.getByRole('row').filter({ hasText: name })
  await row.getByRole('button', { name: t('keep.revoke') }).click()
  await expect(row).toContainText(t('keep.shareState.revoked'))
}

/** Another language and look, from the menu of the account. */
export async function speakAnother(reader: Reader) {
  const { page, t } = reader
  await page.goto('/?preset=last_7_days')
  const menu = await reader.open(reader.button(t('account.label')), 'menu', 'account')
  await expect(menu.getByRole('menuitemradio')).toHaveCount(6)
  const spoken = await page.locator('html').getAttribute('lang')
  const other = spoken === 'fr' ? 'ru' : 'fr'
  await menu.locator(`[role="menuitemradio"][lang="${other}"]`).click()
  await expect(page.locator('html')).toHaveAttribute('lang', other)
}
