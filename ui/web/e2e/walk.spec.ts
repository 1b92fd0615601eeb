import { expect, test } from './page'
import { Reader } from './walk'
import { hearFigures, seeAll, useTables } from './walkAnswer'
import { explain, followTime, seeCharts } from './walkCharts'
import { keep, share, speakAnother } from './walkKept'
import { askComparison, askFilters, askGroups, askRange, askTime } from './walkQuestion'
import { LOCALES } from './words'

/*
 * Every control of the lifecycle report, found by what it is called in the reader's language. The question and every
 * part of the answer are walked through in each language and width, and axe reads the answer in the light and in the
 * dark. In the four walks below that hold each language, look and width, axe also reads contrast and what opens over
 * the page, and what works alike in all of them is used: what is said of every figure, every table and chart, the
 * journeys behind the numbers, what is kept.
 * What changes numbers for everybody (counting bulk changes) is used in insight.spec.ts, what is sent (digests,
 * alerts) in kept.spec.ts. With PICTURES=1 screenshots are in Playwright's output folder.
 */

// Each leaves things as they were: the workers take from this file side by side.
test.describe.configure({ mode: 'parallel' })

const HEIGHTS = { 360: 780, 1440: 900 } as const
const WALKS = [
  { language: 'en', colorScheme: 'light', width: 1440, thorough: true },
  { language: 'en', colorScheme: 'dark', width: 360, thorough: false },
  { language: 'fr', colorScheme: 'light', width: 1440, thorough: false },
  { language: 'fr', colorScheme: 'dark', width: 360, thorough: true },
  { language: 'ru', colorScheme: 'light', width: 360, thorough: true },
  { language: 'ru', colorScheme: 'dark', width: 1440, thorough: true },
] as const

for (const { language, colorScheme, width, thorough } of WALKS) {
  test.describe(`${language} ${colorScheme} ${width}`, () => {
    test.use({
      locale: LOCALES[language],
      colorScheme,
      viewport: { width, height: HEIGHTS[width] },
    })
    const read = async (parts: ((reader: Reader) => Promise<void>)[], ...[page, info]: Scene) => {
      const shot = (name: string) => info.outputPath(`${name}.png`)
      const reader = new Reader(page, { language, colorScheme, thorough, shot })
      const errors = collectErrors(page)
      for (const part of parts) await part(reader)
      expect(errors).toEqual([])
    }

    test('the question', async ({ page }, info) => {
      await read([askRange, askComparison, askFilters, askTime, askGroups], page, info)
    })
    test('the answer', async ({ page }, info) => {
      await read(thorough ? [seeAll, hearFigures] : [seeAll], page, info)
    })
    if (!thorough) return
    test('the tables', async ({ page }, info) => {
      await read([useTables], page, info)
    })
    test('the charts', async ({ page }, info) => {
      await read([seeCharts, followTime], page, info)
    })
    test('the journeys', async ({ page }, info) => {
      await read([explain], page, info)
    })
    test('what is kept', async ({ page }, info) => {
      await read([keep, share, speakAnother], page, info)
    })
  })
}

type Scene = [page: Reader['page'], info: { outputPath: (name: string) => string }]

function collectErrors(page: Reader['page']): string[] {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return errors
}
