import { onlineManager } from '@tanstack/react-query'
import { afterEach, expect, it } from 'vitest'
import { createQueryClient } from './queryClient'

afterEach(() => onlineManager.setOnline(true))

it('asks and tells the server also where there is no internet', async () => {
  onlineManager.setOnline(false)
  const client = createQueryClient(() => undefined)
  const asked = client.fetchQuery({ queryKey: ['asked'], queryFn: () => 'an answer' })
  const told = client.getMutationCache().build(client, { mutationFn: () => Promise.resolve('done') })
  await expect(asked).resolves.toBe('an answer')
  await expect(told.execute(undefined)).resolves.toBe('done')
})
