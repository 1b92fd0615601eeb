/** The funnel as a drawing of its own, for a file: its bars on the page are made of boxes. Pure. */

export interface FunnelBarWords {
  name: string
  depth: number
  /** Instead of the step of its depth. */
  fill?: string
  /** Shares of the widest bar, 0..1. */
  width: number
  visitedWidth: number
  nextWidth: number | null
  reached: string
  share: string
  drop: string
}

export interface FunnelColours {
  ink: string
  muted: string
  paper: string
  from: string
  to: string
  wedge: string
  lost: string
}

const WIDE = 960
const LEFT = 200
const BARS = 580
const BAR = 30
const GAP = 24
const TOP = 48
const FONT = 'system-ui, sans-serif'

/** A colour between two of the form #rrggbb. */
export function mix(from: string, to: string, part: number): string {
  const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  const target = channels(to)
  const mixed = channels(from).map((value, i) => Math.round(value + ((target[i] ?? 0) - value) * part))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`).replace(/\p{Cc}/gu, ' ')

const short = (name: string) => (name.length > 26 ? `${name.slice(0, 25)}…` : name)

function text(x: number, y: number, words: string, fill: string, more = ''): string {
  return `<text x="${x}" y="${y}" fill="${fill}" ${more}>${escaped(words)}</text>`
}

function bar(row: FunnelBarWords, y: number, colour: FunnelColours): string {
  const step = row.fill ?? mix(colour.from, colour.to, row.depth)
  const [reached, visited] = [row.width * BARS, row.visitedWidth * BARS]
  const next = (row.nextWidth ?? 0) * BARS
  const under = y + BAR
  return [
    text(LEFT - 16, y + 20, short(row.name), colour.ink, 'text-anchor="end"'),
    `<rect x="${LEFT}" y="${y}" width="${reached.toFixed(1)}" height="${BAR}" rx="3" fill="${mix(colour.paper, step, 0.48)}"/>`,
    `<rect x="${LEFT}" y="${y}" width="${visited.toFixed(1)}" height="${BAR}" rx="3" fill="${step}"/>`,
    text(WIDE - 92, y + 20, row.reached, colour.ink, 'text-anchor="end" font-weight="600"'),
    text(WIDE - 12, y + 20, row.share, colour.muted, 'text-anchor="end"'),
    row.nextWidth === null
      ? ''
      : `<polygon fill="${colour.wedge}" points="${(LEFT + next).toFixed(1)},${under} ${(LEFT + reached).toFixed(1)},${under} ${(LEFT + next).toFixed(1)},${under + GAP}"/>`,
    text(
      Math.min(LEFT + reached + 8, LEFT + BARS - 110),
      under + 16,
      row.drop,
      colour.lost,
      'font-size="12"',
    ),
  ].join('')
}

export function funnelSvg(title: string, rows: FunnelBarWords[], colour: FunnelColours): string {
  const height = TOP + rows.length * (BAR + GAP)
  const bars = rows.map((row, i) => bar(row, TOP + i * (BAR + GAP), colour)).join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDE}" height="${height}" viewBox="0 0 ${WIDE} ${height}" font-family="${FONT}" font-size="14">` +
    `${text(12, 28, title, colour.ink, 'font-size="16" font-weight="600"')}${bars}</svg>`
  )
}
