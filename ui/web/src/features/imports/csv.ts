/** Reads a sample of a CSV file, only to show its columns; the server reads the file itself. Pure. */

export interface Sample {
  columns: string[]
  rows: string[][]
}

/** The text of a file's beginning, and whether it is UTF-8: a letter that is cut at the end says nothing of that. */
export function decoded(bytes: Uint8Array, whole: boolean): { text: string; utf8: boolean } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole })
    return { text, utf8: true }
  } catch {
    return { text: new TextDecoder().decode(bytes), utf8: false }
  }
}

const DELIMITERS = [',', ';', '\t', '|']

function delimiterOf(text: string): string {
  const head = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'))
  const count = (d: string) => head.split(d).length
  return DELIMITERS.reduce((best, d) => (count(d) > count(best) ? d : best))
}

export function parseCsv(text: string): string[][] {
  const clean = text.replace(/^\uFEFF/, '')
  const delimiter = delimiterOf(clean)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  for (let i = 0; i < clean.length; i++) {
    const c = clean[i]
    if (quoted) {
      if (c !== '"') cell += c
      else if (clean[i + 1] === '"') cell += clean[i++]
      else quoted = false
    } else if (c === '"' && cell === '') quoted = true
    else if (c === delimiter) endCell()
    else if (c === '\n') endRow()
    else if (c !== '\r') cell += c
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

/** `whole` says whether the text is all of the file: a cut last row is dropped. */
export function sampleOf(text: string, whole: boolean): Sample {
  const [columns = [], ...rows] = parseCsv(text)
  return { columns: columns.map((name) => name.trim()), rows: whole ? rows : rows.slice(0, -1) }
}

/** The different cells of a column, most frequent first. */
export function distinct(sample: Sample, column: number, limit = 40): string[] {
  const counts = new Map<string, number>()
  for (const row of sample.rows) {
    const cell = (row[column] ?? '').trim()
    if (cell) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, limit)
    .map(([cell]) => cell)
}
