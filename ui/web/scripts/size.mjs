// Checks the report page's budget: JavaScript that the browser loads for `/`, compressed, before any chart library.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT = 250 * 1024
const manifest = JSON.parse(readFileSync(new URL('../dist/.vite/manifest.json', import.meta.url), 'utf8'))
const roots = ['index.html', 'src/features/lifecycle/LifecycleView.tsx', 'src/features/shell/Shell.tsx']

const files = new Set()
function visit(key) {
  const entry = manifest[key]
  if (!entry || files.has(entry.file)) return
  files.add(entry.file)
  for (const next of entry.imports ?? []) visit(next)
}
for (const root of roots) {
  if (!manifest[root]) throw new Error(`${root} is not in the build manifest`)
  visit(root)
}

let total = 0
for (const file of [...files].filter((name) => name.endsWith('.js'))) {
  const bytes = gzipSync(readFileSync(new URL(`../dist/${file}`, import.meta.url)), { level: 9 }).length
  total += bytes
  console.log(`${(bytes / 1024).toFixed(1).padStart(7)} kB  ${file}`)
}
console.log(`${(total / 1024).toFixed(1).padStart(7)} kB  in all, limit ${LIMIT / 1024} kB`)
if (total > LIMIT) process.exit(1)
