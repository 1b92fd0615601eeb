import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { servers } from './e2e/servers'

/** Without windows of its own it takes half of the processor time; where there is none, Chromium does. */
const SHELL = '/usr/bin/chromium-headless-shell'
const BROWSER = existsSync(SHELL) ? SHELL : '/usr/bin/chromium'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 360, height: 780 }

/** Pages are looked at in both; the lifecycle report in every look by the walk through it. */
const LOOKS = /\/pages\.spec\.ts$/

/**
 * What a page looks like is tested in two looks that cover both schemes and both widths; what it does once. A file
 * depends on no other: each worker takes the next one, to a server of its own (see `page.ts`).
 */
export default defineConfig({
  testDir: 'e2e',
  workers: servers.length,
  // On a shared machine a browser may stumble; what passed only then is listed as flaky, to be mended.
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    // Nothing waits for what only moves.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? BROWSER,
      args: FLAGS,
    },
    trace: process.env.TRACE ? 'on' : 'off',
  },
  projects: [
    { name: 'light-1440', use: { viewport: WIDE, colorScheme: 'light' } },
    { name: 'dark-360', use: { viewport: PHONE, colorScheme: 'dark' }, testMatch: LOOKS },
  ],
})
