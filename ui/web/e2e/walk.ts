import type { Download, Locator, Page } from '@playwright/test'
import type { TFunction } from 'i18next'
import { expect, expectAccessible, expectNoSideScroll } from './page'
import type { Language } from './words'
import { expectSpoken, words } from './words'

const exactly = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A picture of the whole report takes as long as loading it, and nobody looks at those of CI. */
const PICTURES = Boolean(process.env.PICTURES)

/** The report in groups, some of which have no value of their own. */
export const GROUPED = '/?preset=last_90_days&group_by=campaign'

interface Walk {
  language: Language
  colorScheme: 'light' | 'dark'
  /** Whether axe reads parts and what is opened, too. */
  thorough: boolean
  /** Where a screenshot of this name goes. */
  shot: (name: string) => string
}

/** Somebody who uses the dashboard in a language and finds everything by what it is called there. */
export class Reader {
  readonly t: TFunction

  constructor(
    readonly page: Page,
    private readonly walk: Walk,
  ) {
    this.t = words(walk.language)
  }

  button(name: string, within: Page | Locator = this.page) {
    return within.getByRole('button', { name, exact: true })
  }

  region(name: string) {
    return this.page.getByRole('region', { name, exact: true })
  }

  table(name: string) {
    return this.page.getByRole('table', { name, exact: true })
  }

  /** A control that says what it changes, then what is chosen. */
  control(name: string, chosen = '') {
    return this.page.getByRole('button', { name: new RegExp(`^${exactly(name)}: .*${exactly(chosen)}`) })
  }

  /** Opens something; what comes up is fit to be read, and is pictured. */
  async open(opener: Locator, role: 'dialog' | 'menu', name: string): Promise<Locator> {
    await opener.click()
    const opened = this.page.getByRole(role)
    await expect(opened).toBeVisible()
    await this.look(name, `[role="${role}"]`)
    return opened
  }

  /**
   * Nothing here is a defect to the eye, to the ear or to the one who does not read English: on the whole page, which
   * axe reads in every walk, or in a part of it, which axe reads in the thorough ones. Contrast is the same in every
   * language, and most of axe's work: it is read in the thorough walks, in which each look is.
   */
  async look(name: string, part?: string) {
    await expectNoSideScroll(this.page)
    await expectSpoken(this.page, this.walk.language)
    const { thorough } = this.walk
    if (!part || thorough)
      await expectAccessible(this.page, part, { 'color-contrast': { enabled: thorough } })
    if (PICTURES) await this.page.screenshot({ path: this.walk.shot(name), fullPage: !part })
  }

  /** The same page in the other colours, as when evening comes; then in its own again. */
  async lookInTheOther(name: string) {
    const { colorScheme } = this.walk
    const other = colorScheme === 'light' ? 'dark' : 'light'
    await this.page.emulateMedia({ colorScheme: other })
    await expect(this.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', other)
    await this.look(`${name}-${other}`)
    await this.page.emulateMedia({ colorScheme })
  }

  /** A picture of a part of the page. */
  async picture(name: string, part: Locator) {
    if (PICTURES) await part.screenshot({ path: this.walk.shot(name) })
  }

  async close() {
    await this.page.keyboard.press('Escape')
    await expect(this.page.locator('[role="dialog"], [role="menu"]')).toHaveCount(0)
  }

  /** What a call-out says of a figure. */
  async hears(figure: string, within: Page | Locator = this.page) {
    const { t } = this
    await this.button(t('callOut.open', { figure }), within).click()
    const box = this.page.getByRole('dialog')
    await expect(box.locator('dt')).toHaveText([
      t('callOut.tells'),
      t('callOut.matters'),
      t('callOut.example'),
    ])
    await expect(box.locator('dd').filter({ hasText: /\S/ })).toHaveCount(3)
    await expectSpoken(this.page, this.walk.language, '[role="dialog"]')
    await this.close()
  }

  /** Takes something away by the menu of a table or a chart. */
  async takes(title: string, item: 'csv' | 'parquet' | 'png' | 'svg'): Promise<Download> {
    const { page, t } = this
    await this.button(t('export.label', { table: title })).click()
    const saved = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: t(`export.${item}`), exact: true }).click()
    await expect(page.getByRole('menu')).toHaveCount(0)
    return saved
  }
}
