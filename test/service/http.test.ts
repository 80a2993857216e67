import { expect, test } from '@jest/globals'
import { messageOf } from '#src/errors.ts'
import { serveHttp } from '#src/service/http.ts'

test('what there is is answered, and nothing else', async () => {
  const service = await serveHttp('127.0.0.1:0', {
    '/good': () => ({ status: 503, type: 'application/json', body: '{}' }),
    '/bad': () => Promise.reject(new Error('it broke')),
  })
  const ask = async (path: string, method = 'GET') => {
    const answer = await fetch(`http://${service.address}${path}`, { method })
    return [answer.status, await answer.text()]
  }

  expect(await ask('/good?x=1')).toEqual([503, '{}'])
  expect(await ask('/bad')).toEqual([500, 'it broke\n'])
  expect((await ask('/toString'))[0]).toBe(404)
  expect((await ask('/good', 'POST'))[0]).toBe(405)
  expect((await ask('/good', 'HEAD'))[0]).toBe(503)
  await service.close()
})

test('an address that is taken is a matter of configuration', async () => {
  const service = await serveHttp('127.0.0.1:0', {})

  const message = await serveHttp(service.address, {}).catch(messageOf)
  await service.close()

  expect(message).toMatch(/^cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/)
})
