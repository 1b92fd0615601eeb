/** A table as a spreadsheet takes it: what is seen, in the order seen, cells divided by tabs. */
export function copyTable(table: HTMLTableElement): string {
  const seen = table.cloneNode(true) as HTMLTableElement
  seen.querySelectorAll('caption, .sr-only, [aria-haspopup]').forEach((node) => node.remove())
  seen.querySelectorAll('thead [aria-hidden]').forEach((node) => node.remove())
  return [...seen.rows]
    .map((row) =>
      [...row.cells].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim()).join('\t'),
    )
    .join('\n')
}
