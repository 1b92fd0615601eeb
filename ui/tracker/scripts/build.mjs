// Builds dist/t.js, one classic script without imports, and fails when it is larger than what a page should pay.
import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'rolldown'

const LIMIT = 2048
const file = 'dist/t.js'

await build({
  input: 'src/main.ts',
  transform: { target: 'es2021' },
  output: { file, format: 'iife', minify: true, comments: false, sourcemap: false },
  logLevel: 'warn',
})
const script = readFileSync(file)
const gzip = gzipSync(script, { level: 9 }).length
console.log(
  `t.js: ${script.length} bytes, gzip ${gzip}, brotli ${brotliCompressSync(script).length} (limit ${LIMIT})`,
)
if (gzip >= LIMIT) {
  console.error(`t.js is ${gzip} bytes compressed: it must stay under ${LIMIT}.`)
  process.exit(1)
}
