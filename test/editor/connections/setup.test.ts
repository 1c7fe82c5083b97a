import { describe, expect, it } from 'vitest'
import { RequestFailure } from '../../../editor/api/request.ts'
import { callbackAddress, codeIn } from '../../../editor/connections/setup/auth-code.ts'
import { formParts, isSecret } from '../../../editor/connections/setup/form-parts.ts'
import {
  formProblems,
  refusedFields,
  stillWrong,
  trimmed,
} from '../../../editor/connections/setup/form-problems.ts'
import { shelves } from '../../../editor/connections/setup/gallery.ts'
import { bringsOrders, takesOrders } from '../../../editor/connections/setup/steps.ts'
import { controlOf } from '../../../editor/forms/schema.ts'
import type { T } from '../../../editor/i18n/i18n.ts'
import { aConnector } from './shop.ts'

const words = {
  t: ((key: string, holes: { field: string }) => `${key.split('.')[1]} ${holes.field}`) as unknown as T,
  say: (text: { zh: string } | undefined) => text?.zh ?? '',
  language: 'zh' as const,
}
const { credentials, settings } = aConnector()
const told = (problems: ReturnType<typeof formProblems>) =>
  problems.map(({ param, message }) => `${param}: ${message.zh}`)

describe('the form of a connection', () => {
  it('asks for keys on one line, the secret hidden, and folds what is seldom changed', () => {
    const keys = formParts(credentials ?? {})
    expect(keys.usual.map(({ name, schema }) => [name, controlOf(name, schema), isSecret(schema)])).toEqual([
      ['appKey', 'text', false],
      ['appSecret', 'text', true],
    ])
    const said = formParts(settings)
    expect(said.usual.map(({ name }) => name)).toContain('firstDays')
    expect(said.advanced.map(({ name }) => name)).toContain('gateway')
  })

  it('says what is missing at its field', () => {
    expect(told(formProblems(credentials, { appKey: '12345678' }, {}, words))).toEqual([
      'appSecret: fieldMissing AppSecret',
    ])
  })

  it('misses nothing that is kept already', () => {
    expect(formProblems(credentials, {}, { appKey: '123***', appSecret: '***' }, words)).toEqual([])
  })

  it('says what cannot be right: blanks inside a key, an address that is none, too many days', () => {
    expect(told(formProblems(credentials, { appKey: '12 34', appSecret: 's' }, {}, words))).toEqual([
      'appKey: fieldHasSpace AppKey',
    ])
    expect(told(formProblems(settings, { gateway: 'eco.taobao.com', firstDays: 31 }, {}, words))).toEqual([
      'gateway: fieldNoAddress 接口地址',
      'firstDays: fieldTooLarge 第一次取多久以内的订单',
    ])
    expect(
      formProblems(settings, { gateway: 'http://127.0.0.1:7700/taobao', firstDays: 3 }, {}, words),
    ).toEqual([])
  })

  it('drops the blanks that come along when a key is copied, and what is left empty', () => {
    expect(trimmed({ appKey: ' 123\n', appSecret: '  ', isTmall: false, firstDays: undefined })).toEqual({
      appKey: '123',
      isTmall: false,
    })
  })

  it('no longer calls a field wrong that is typed anew', () => {
    const problems = formProblems(credentials, {}, {}, words)
    expect(stillWrong(problems, {}, { appKey: '1' }).map(({ param }) => param)).toEqual(['appSecret'])
  })

  it('shows what the server refuses at the fields it names', () => {
    const failure = new RequestFailure(400, 'SETTINGS_INVALID', '连接设置有误', [
      { field: 'settings/gateway', code: 'PATTERN', message: '地址不对 / Not an address' },
      { field: 'credentials/appKey', code: 'PATTERN', message: '不对', messageEn: 'wrong' },
      { field: 'name', code: 'X', message: 'x' },
    ])
    const { credentials: keys, settings: said } = refusedFields(failure, words)
    expect(said.map(({ param, message }) => [param, message.zh])).toEqual([['gateway', '地址不对']])
    expect(keys.map(({ param, message }) => [param, message.zh])).toEqual([['appKey', '不对']])
    expect(refusedFields(new RequestFailure(0, 'UNREACHABLE', ''), words).settings).toEqual([])
  })
})

describe('the code a platform gave', () => {
  it.each([
    [' abc123 ', 'abc123'],
    ['http://127.0.0.1:3000/api/oauth/callback?state=c1&code=a%2Fb#top', 'a/b'],
    ['https://open.example/done?code=100%', '100%'],
    ['', ''],
  ])('%j is read as %j', (pasted, code) => {
    expect(codeIn(pasted)).toBe(code)
  })

  it('is sent to our own callback', () => {
    expect(callbackAddress('https://orders.example')).toBe('https://orders.example/api/oauth/callback')
  })
})

describe('orders come in', () => {
  it.each<[string, Parameters<typeof aConnector>[0], boolean, boolean]>([
    ['by a shop', {}, true, true],
    ['by another source of orders', { kind: 'orders' }, true, true],
    ['by a webhook as well as messages go out', { kind: 'people', pushes: true }, false, true],
    ['not by a carrier, whatever it pushes', { kind: 'carrier', pushes: true }, false, false],
  ])('%s', (_, over, brings, takes) => {
    expect([bringsOrders(aConnector(over)), takesOrders(aConnector(over))]).toEqual([brings, takes])
  })
})

describe('the gallery', () => {
  const all = [
    aConnector(),
    aConnector({ id: 'sf', kind: 'carrier', name: { zh: '顺丰速运', en: 'SF Express' } }),
    aConnector({ id: 'intake', kind: 'orders', name: { zh: '推送接入', en: 'Push' } }),
  ]
  const shown = (looked: string) =>
    shelves(all, looked).map(({ kind, connectors }) => `${kind}: ${connectors.map(({ id }) => id).join()}`)

  it('groups connectors by what they are for, shops first', () => {
    expect(shown('')).toEqual(['shop: taobao', 'orders: intake', 'carrier: sf'])
  })

  it('finds them by name in either language and by initials', () => {
    expect(shown('天猫')).toEqual(['shop: taobao'])
    expect(shown('express')).toEqual(['carrier: sf'])
    expect(shown('sfsy')).toEqual(['carrier: sf'])
    expect(shown('没有')).toEqual([])
  })
})
