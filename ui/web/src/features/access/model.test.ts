import { expect, it } from 'vitest'
import { firstPassword, mayChange, origins, rolesToGive } from './model'

it('reads sites as people type them', () => {
  expect(origins('Example.com/\n https://shop.example:8443/cart, http://localhost:3000 example.com')).toEqual(
    ['https://example.com', 'https://shop.example:8443', 'http://localhost:3000'],
  )
  expect(origins('  ')).toEqual([])
  expect(origins('no:site ftp://a.example')).toEqual(['no:site', 'ftp://a.example'])
})

it('makes passwords that are long and never the same', () => {
  const made = Array.from({ length: 50 }, firstPassword)
  expect(new Set(made).size).toBe(50)
  for (const password of made) expect(password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/)
})

it('lets only owners change owners, and never the last one', () => {
  const person = (id: string, role: string) => ({ id, role, name: id, email: `${id}@example.com` })
  const ann = person('ann', 'owner')
  const bob = person('bob', 'owner')
  const cy = person('cy', 'viewer')
  expect(mayChange(ann, 'owner', [ann, cy])).toBe(false)
  expect(mayChange(ann, 'owner', [ann, bob, cy])).toBe(true)
  expect(mayChange(ann, 'admin', [ann, bob, cy])).toBe(false)
  expect(mayChange(cy, 'admin', [ann, cy])).toBe(true)
  expect(mayChange(cy, 'editor', [ann, cy])).toBe(false)
  expect(rolesToGive('admin')).not.toContain('owner')
  expect(rolesToGive('owner')).toContain('owner')
})
