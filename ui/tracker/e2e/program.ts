/** The real program, started on an empty folder, and what it knows of a person. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base } from '@playwright/test'

const BINARY = process.env.TIDEMARK ?? fileURLToPath(new URL('../../../bin/tidemark', import.meta.url))

interface PersonFile {
  contact: { email: string; name: string; properties: Record<string, unknown> }
  timeline: {
    kind: string
    pages: { page: string }[] | null
    touch: { source: { campaign: string | null } } | null
    event: { name: string } | null
  }[]
}

export class Program {
  private readonly data = mkdtempSync(join(tmpdir(), 'tidemark-'))
  /** Stands in pages, and can only collect. */
  readonly writeKey = this.key('collect')
  private readonly adminKey = this.key('admin')
  private readonly server: ChildProcess
  readonly url: Promise<string>

  constructor() {
    const server = spawn(BINARY, ['serve', '--data', this.data, '--listen', '127.0.0.1:0'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    this.server = server
    this.url = new Promise((resolve, reject) => {
      let said = ''
      server.stdout.on('data', (more: Buffer) => {
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec((said += more.toString()))
        if (found) resolve(found[0])
      })
      server.on('exit', () => reject(new Error('the program ended before it had an address')))
    })
  }

  private key(scope: string): string {
    return execFileSync(BINARY, ['key', 'create', '--data', this.data, '--name', scope, '--scope', scope])
      .toString()
      .trim()
  }

  /** Who somebody is. */
  async contact(ref: string): Promise<PersonFile['contact'] | undefined> {
    return (await this.file(ref))?.contact
  }

  /** The pages, campaigns and events of somebody, sorted. */
  async told(ref: string): Promise<string[]> {
    const items = (await this.file(ref))?.timeline ?? []
    return items
      .flatMap(({ pages, touch, event }) => [
        ...(pages ?? []).map(({ page }) => page),
        ...(touch?.source.campaign ? ['from ' + touch.source.campaign] : []),
        ...(event ? [event.name] : []),
      ])
      .sort()
  }

  private async file(ref: string): Promise<PersonFile | undefined> {
    const answer = await fetch(`${await this.url}/v1/contacts/${encodeURIComponent(ref)}/export`, {
      headers: { Authorization: `Bearer ${this.adminKey}` },
    })
    return answer.ok ? ((await answer.json()) as PersonFile) : undefined
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.server.on('exit', done))
    this.server.kill()
    await ended
    rmSync(this.data, { recursive: true, force: true })
  }
}

export const test = base.extend<{ program: Program }>({
  program: async ({}, provide) => {
    const program = new Program()
    await program.url
    await provide(program)
    await program.stop()
  },
})

export const expect = base.expect
