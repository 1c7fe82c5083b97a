import { expect, it } from 'vitest'
import { memoryGuard } from '../../../server/embedded/store/memory-guard.ts'

it('refuses to gather more than 256 MB for one query', () => {
  const weigh = memoryGuard()
  const megabyte = Buffer.alloc(1024 * 1024)
  for (let i = 0; i < 256; i++) weigh(megabyte)
  expect(() => weigh(megabyte)).toThrow(expect.objectContaining({ code: 292 }))
})
