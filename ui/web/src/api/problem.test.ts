import { expect, it } from 'vitest'
import { ApiError, isApiError, toApiError } from './problem'

it('reads a problem document', () => {
  const error = toApiError(422, {
    detail: 'Too short.',
    code: 'invalid',
    errors: [{ location: 'body.password', message: 'at least 10 characters' }],
  })
  expect(error.message).toBe('Too short.')
  expect(error.field('password')?.message).toBe('at least 10 characters')
  expect(error.field('email')).toBeUndefined()
})

it('survives answers that are none', () => {
  expect(toApiError(502, '<html>')).toMatchObject({ status: 502, message: '', fields: [] })
  expect(toApiError(500, undefined).code).toBe('')
  expect(toApiError(409, '{"code":"lifecycle_disabled"}').code).toBe('lifecycle_disabled')
})

it('tells refusals from lost connections', () => {
  expect(isApiError(new ApiError(0, {}), 0)).toBe(true)
  expect(isApiError(new Error('x'))).toBe(false)
})
