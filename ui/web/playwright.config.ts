import { defineConfig } from '@playwright/test'

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

/** The pages that only read run in every look; what changes data runs once, on one server, one after the other. */
export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  fullyParallel: false,
  timeout: 30_000,
  reporter: [['list']],
  use: {
    baseURL: process.env.TIDEMARK_URL,
    locale: 'en-GB',
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS },
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'light-1440', use: { viewport: WIDE, colorScheme: 'light' } },
    { name: 'dark-1440', use: { viewport: WIDE, colorScheme: 'dark' }, testIgnore: /write/ },
    { name: 'light-360', use: { viewport: PHONE, colorScheme: 'light' }, testIgnore: /write|keyboard/ },
    { name: 'dark-360', use: { viewport: PHONE, colorScheme: 'dark' }, testIgnore: /write|keyboard/ },
  ],
})
