// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { copyTable } from './copyTable'

it('copies what is seen: no hidden words, no sort marks, no help buttons', () => {
  document.body.innerHTML = `<table><caption>Stages</caption>
    <thead><tr><th>Stage</th><th><button>Reached <span aria-hidden="true">▾</span></button>
      <button aria-haspopup="dialog">?</button></th></tr></thead>
    <tbody><tr><th>New  lead</th><td><a href="/">1,204</a></td></tr>
    <tr><th>Won</th><td><span aria-hidden="true">–</span><span class="sr-only">Nobody</span></td></tr></tbody></table>`
  const table = document.querySelector('table')
  expect(table && copyTable(table)).toBe('Stage\tReached\nNew lead\t1,204\nWon\t–')
})
