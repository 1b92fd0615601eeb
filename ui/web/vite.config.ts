import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { fixtures } from './dev/fixtures.ts'

// TIDEMARK_URL points the development server at a running Tidemark; without it, `dev/fixtures.ts` answers.
const server = process.env.TIDEMARK_URL

export default defineConfig({
  plugins: [react(), ...(server ? [] : [fixtures()])],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: server ? { proxy: { '/v1': { target: server, changeOrigin: true } } } : {},
  build: {
    target: 'es2022',
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    // The pages are served with a strict Content-Security-Policy: nothing may be inlined as script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: { environment: 'node', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/test/setup.ts'] },
})
