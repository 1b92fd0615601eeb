import { expect, test } from './page'
import { Reader } from './walk'
import { hearFigures, seeAll, useTables } from './walkAnswer'
import { explain, followTime, seeCharts } from './walkCharts'
import { keep, share, speakAnother } from './walkKept'
import { askComparison, askFilters, askGroups, askRange, askTime } from './walkQuestion'
import { LANGUAGES, LOCALES } from './words'

/*
 * Every control of the lifecycle report, found by what it is called in the reader's language. The question and every
 * part of the answer are walked through in each language, look and width, and axe reads the page. In the four
 * combinations below, in which each language, look and width is, axe also reads what opens over the page, and what
 * works alike in all of them is used: what is said of every figure, every table and chart, the journeys behind the
 * numbers, what is kept.
 * What changes numbers for everybody (counting bulk changes) is used in insight.spec.ts, what is sent (digests,
 * alerts) in kept.spec.ts. With PICTURES=1 screenshots are in Playwright's output folder.
 */

// Each leaves things as they were: both workers take from this file.
test.describe.configure({ mode: 'parallel' })

const HEIGHTS = { 360: 780, 1440: 900 } as const
const THOROUGH = ['en light 1440', 'fr dark 360', 'ru light 360', 'ru dark 1440']

for (const language of LANGUAGES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1440] as const) {
      const look = `${language} ${colorScheme} ${width}`
      const thorough = THOROUGH.includes(look)

      test.describe(look, () => {
        test.use({
          locale: LOCALES[language],
          colorScheme,
          viewport: { width, height: HEIGHTS[width] },
        })
        const read = async (parts: ((reader: Reader) => Promise<void>)[], ...[page, info]: Scene) => {
          const shot = (name: string) => info.outputPath(`${name}.png`)
          const reader = new Reader(page, { language, thorough, shot })
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
  }
}

type Scene = [page: Reader['page'], info: { outputPath: (name: string) => string }]

function collectErrors(page: Reader['page']): string[] {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return errors
}
