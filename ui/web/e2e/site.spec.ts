import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './page'

/** Headless browsers say so, and are counted as bots. */
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36'

test('a stranger adds the line to a site: a visit, a form, and the contact with its campaign', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto('/settings/tracking')
  await page.getByRole('button', { name: 'Make the line with a new key' }).click()
  const line = (await page.getByText(/data-key="tmk_[A-Za-z0-9_-]{20,}"/).textContent()) ?? ''
  const html = `<!doctype html>${line}<title>Shop</title><form data-tidemark action="/thanks">
    <input type="email" name="mail" value="stranger@example.com"><button>Send</button></form>`
  // Another host than the server's: browsers share cookies between ports.
  const site = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(html))
  await new Promise<void>((done) => site.listen(0, '127.0.0.2', done))
  const visitor = await browser.newContext({ userAgent })
  const shop = await visitor.newPage()
  const home = `http://127.0.0.2:${(site.address() as AddressInfo).port}`
  await shop.goto(`${home}/?utm_source=news&utm_medium=email&utm_campaign=Line`)
  await shop.getByRole('button').click()
  await expect(shop).toHaveURL(/thanks/)

  await expect(page.getByText('We see your visits')).toBeVisible()
  const timeline = `${baseURL}/v1/contacts/email:stranger@example.com/timeline`
  await expect.poll(async () => (await page.request.get(timeline)).text()).toMatch(/"campaign":"Line"/)
  await visitor.close()
  site.closeAllConnections()
  site.close()
})
