/** A site of several pages and an application of one, and somewhere else a server that takes what the script sends. */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base } from '@playwright/test'

/** What the script sent, as it was sent. */
export interface Beacon {
  key: string
  visitor: string
  sent_at: number
  internal: boolean
  consent?: { given?: boolean; analytics?: boolean; ads?: boolean }
  ga?: string
  ga_session?: string
  fbp?: string
  fbc?: string
  events?: Event[]
  cookies: string | undefined
}

export interface Event {
  id: string
  type: string
  at: number
  page: string
  referrer?: string
  title: string
  name?: string
  properties?: object
  traits?: object
  stage?: string
  form?: { id: string | null; fields: Record<string, string>; stage?: string }
}

const FIELDS = `
  <input name="your-mail" type="email" value="ada@example.com"><input name="full_name" value="Ada">
  <input name="tel" type="tel" value="+33 1 23"><input name="password" type="password" value="hunter2">
  <input name="cardnumber" value="4111111111111111"><input name="n" autocomplete="cc-csc" value="123">
  <input type="hidden" name="csrf" value="abc"><input type="hidden" name="tidemark_stage" value="hot_lead">
  <input type="checkbox" name="news" value="yes"><input type="checkbox" name="terms" value="yes" checked>
  <textarea name="note" data-tidemark-ignore>private</textarea><button name="go" value="go">Send</button>`

/** Pages by path; `{t}` is the script's tag. */
const PAGES: Record<string, string> = {
  '/': '{t}<title>Home</title><a href="/pricing">Pricing</a><form action="/thanks"><input type="email" name="e" value="a@b.example"><button>Join</button></form>',
  '/pricing': '{t}<title>Pricing</title><a href="/">Home</a><a href="#faq">Questions</a><p id="faq">Why?</p>',
  '/form': `{t}<title>Form</title><form data-tidemark="demo" action="/thanks">${FIELDS}</form>`,
  '/thanks': '{t}<title>Thanks</title>',
  '/call': '{t}<title>Call</title><a data-tidemark-phone href="tel:+1">+1</a>',
  '/early':
    '<script>tidemark={q:[]};["identify","track"].forEach(n=>tidemark[n]=(...a)=>tidemark.q.push([n,...a]));tidemark.track("early",{n:1})</script>{t}{t}<title>Early</title>',
  '/app': `{t}<title>App</title><script>
    go = (path, how = 'pushState') => { history[how](null, '', path); setTimeout(() => { document.title = 'At ' + path }, 5) }
  </script>`,
}

/** The two servers. `tag` are more attributes of the script's tag. */
export class Site {
  readonly beacons: Beacon[] = []
  tag = ''
  failing = false
  number = '+33 1 99 00 11 22'
  phoneAsked = 0
  private readonly pages = createServer((request, response) => this.page(request, response))
  private readonly collector = createServer((request, response) => this.collect(request, response))
  readonly url: Promise<string> = listen(this.pages, '127.0.0.1')
  /** On another host, as browsers share cookies between ports. */
  readonly collectorUrl: Promise<string> = listen(this.collector, '127.0.0.2')

  get events(): Event[] {
    return this.beacons.flatMap((beacon) => beacon.events ?? [])
  }

  /** One word for each page that was seen. */
  get seen(): string[] {
    return this.events.filter((event) => event.type === 'page').map((event) => event.title)
  }

  close(): void {
    for (const server of [this.pages, this.collector]) {
      server.closeAllConnections()
      server.close()
    }
  }

  private async page(request: IncomingMessage, response: ServerResponse) {
    const path = new URL(request.url ?? '/', 'http://site').pathname
    const page = PAGES[path] ?? (path.startsWith('/app') ? PAGES['/app'] : undefined)
    response.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html' })
    const tag = `<script async src="${await this.collectorUrl}/t.js" data-key="tmk_public" ${this.tag}></script>`
    response.end('<!doctype html>' + (page ?? '').replaceAll('{t}', tag))
  }

  private async collect(request: IncomingMessage, response: ServerResponse) {
    const url = request.url ?? ''
    if (url === '/t.js') {
      response.writeHead(200, { 'Content-Type': 'text/javascript' })
      return response.end(readFileSync(new URL('../dist/t.js', import.meta.url)))
    }
    if (url.startsWith('/v1/phone')) {
      this.phoneAsked++
      response.writeHead(200, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' })
      return response.end(JSON.stringify({ number: this.number }))
    }
    if (this.failing) return request.socket.destroy()
    let body = ''
    for await (const chunk of request) body += String(chunk)
    this.beacons.push({ ...(JSON.parse(body) as Beacon), cookies: request.headers.cookie })
    response.writeHead(204).end()
  }
}

function listen(server: Server, host: string): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, host, () => resolve(`http://${host}:${(server.address() as AddressInfo).port}`))
  })
}

export const test = base.extend<{ site: Site; home: string }>({
  site: async ({}, provide) => {
    const site = new Site()
    await provide(site)
    site.close()
  },
  home: async ({ site, page }, provide) => {
    const mistakes: string[] = []
    page.on('pageerror', (error) => mistakes.push(String(error)))
    await provide(await site.url)
    // Whatever happens, the page never notices the script.
    base.expect(mistakes).toEqual([])
  },
})

export const expect = base.expect
