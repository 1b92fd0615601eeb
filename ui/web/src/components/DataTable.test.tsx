// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { Column } from './DataTable'
import { DataTable } from './DataTable'

interface Row {
  name: string
  count: number | null
}
const rows: Row[] = [
  { name: 'b', count: 2 },
  { name: 'a', count: null },
  { name: 'c', count: 10 },
]
const columns: Column<Row>[] = [
  { id: 'name', header: 'Name', sort: (row) => row.name, cell: (row) => row.name, total: 'Total' },
  {
    id: 'count',
    header: 'Count',
    numeric: true,
    sort: (row) => row.count,
    cell: (row) => row.count ?? '–',
    total: 12,
  },
]
const names = () => screen.getAllByRole('rowheader').map((cell) => cell.textContent)

afterEach(cleanup)

it('sorts by each column, absent values last either way, the total always below', () => {
  render(<DataTable label="Things" columns={columns} rows={rows} rowKey={(row) => row.name} />)
  expect(names()).toEqual(['b', 'a', 'c', 'Total'])
  fireEvent.click(screen.getByRole('button', { name: /Count/ }))
  expect(names()).toEqual(['c', 'b', 'a', 'Total'])
  expect(screen.getByRole('columnheader', { name: /Count/ }).getAttribute('aria-sort')).toBe('descending')
  fireEvent.click(screen.getByRole('button', { name: /Count/ }))
  expect(names()).toEqual(['b', 'c', 'a', 'Total'])
  fireEvent.click(screen.getByRole('button', { name: /Name/ }))
  expect(names()).toEqual(['a', 'b', 'c', 'Total'])
})

it('names itself', () => {
  render(<DataTable label="Things" columns={columns} rows={rows} rowKey={(row) => row.name} />)
  expect(screen.getByRole('table', { name: 'Things' })).toBeTruthy()
})
