import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurveTest } from '@/api/types'
import type { FilterName } from '@/features/lifecycle/search'
import { useGroupName } from '@/features/lifecycle/useGroupName'
import { useFormat } from '@/lib/useFormat'
import type { Curve, Exit } from './model'
import { sayable } from './model'

/** The curves in words: what they say, and whether the groups really differ. */
export function useCurveWords(all: Curve[], tests: CurveTest[], exit: Exit, by?: FilterName) {
  const { t } = useTranslation()
  const format = useFormat()
  const groupName = useGroupName(by)
  return useMemo(() => {
    const [first] = all
    const single = all.length === 1 && first && !first.group ? first : undefined
    const said = single && sayable(single)
    const values = said && {
      count: said.day,
      won: format.rate(said.won.value),
      wonLow: format.rate(said.won.low),
      wonHigh: format.rate(said.won.high),
      lost: format.rate(said.lost.value),
      lostLow: format.rate(said.lost.low),
      lostHigh: format.rate(said.lost.high),
    }
    const claims = tests.map((test) => testText(test))
    function testText(test: CurveTest): string {
      const p = test.p < 0.001 ? t('curves.pSmall') : t('curves.p', { p: format.decimal(test.p, 3) })
      const values = { p, count: test.groups, method: t(`curves.method.${test.method}`) }
      const left = test.left_out > 0 ? ` ${t('curves.leftOut', { count: test.left_out })}` : ''
      return `${t(`curves.differ.${test.exit}.${test.claim ? 'yes' : 'no'}`, values)}${left}`
    }
    const course = values ? t('curves.text', values) : t('curves.textFew')
    const text = single ? course : claims.length > 0 ? claims.join(' ') : t('curves.noTest')
    const about = {
      tells: t('about.curves.tells'),
      matters: t('about.curves.matters'),
      example: single ? course : (claims[exit === 'won' ? 0 : 1] ?? t('curves.noTest')),
    }
    const forChart = {
      rate: format.rate,
      percent: (value: number) => t('trend.axisRate', { number: format.number(Math.round(value * 100)) }),
      day: (day: number) => t('curves.day', { count: day }),
      exit: (one: Exit) => t(`outcome.${one}`),
      few: t('curves.thin'),
      group: groupName,
    }
    return { text, about, forChart, groupName }
  }, [t, format, groupName, all, tests, exit])
}
