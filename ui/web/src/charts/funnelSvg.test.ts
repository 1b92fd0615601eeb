// @vitest-environment jsdom
import { expect, it } from 'vitest'
import type { FunnelBarWords, FunnelColours } from './funnelSvg'
import { funnelSvg, mix } from './funnelSvg'

const colours: FunnelColours = {
  ink: '#111111',
  muted: '#666666',
  paper: '#ffffff',
  from: '#000000',
  to: '#808080',
  wedge: '#eeeeee',
  lost: '#aa0000',
}
const row = (name: string, width: number, nextWidth: number | null): FunnelBarWords => ({
  name,
  depth: 0.5,
  width,
  visitedWidth: width / 2,
  nextWidth,
  reached: '90',
  share: '62 %',
  drop: nextWidth === null ? '' : '−38 % (55)',
})

it('mixes colours', () => {
  expect([mix('#000000', '#ffffff', 0.5), mix('#102030', '#102030', 0.3)]).toEqual(['#808080', '#102030'])
})

it('draws a bar of each stage, as wide as it is, and a wedge to the next', () => {
  const drawn = new DOMParser().parseFromString(
    funnelSvg('Funnel', [row('New', 1, 0.5), row('Won', 0.5, null)], colours),
    'image/svg+xml',
  )
  const widths = [...drawn.querySelectorAll('rect')].map((one) => Number(one.getAttribute('width')))
  expect(widths).toEqual([580, 290, 290, 145])
  expect(drawn.querySelectorAll('polygon')).toHaveLength(1)
  expect(drawn.documentElement.textContent).toContain('−38 % (55)')
})

it('stays a drawing whatever the stages are called', () => {
  const svg = funnelSvg(
    'A & B',
    [row('<script>alert(1)</script>', 1, null), row('"\u0000\'', 1, null)],
    colours,
  )
  const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml')
  expect(drawn.querySelector('parsererror, script')).toBeNull()
  expect(drawn.documentElement.textContent).toContain('A & B')
})
