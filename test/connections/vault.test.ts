import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openVault, vaultWith } from '../../server/connections/vault.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderloom-vault-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the vault', () => {
  const vault = vaultWith(randomBytes(32))

  it('opens what it sealed, and shows nothing of it', () => {
    const sealed = vault.seal('{"appSecret":"密钥-0123"}', 'credentials taobao')
    expect(vault.open(sealed, 'credentials taobao')).toBe('{"appSecret":"密钥-0123"}')
    expect(Buffer.from(sealed.slice(3), 'base64url').toString()).not.toContain('appSecret')
  })

  it('seals the same text differently every time', () => {
    expect(vault.seal('x', 'p')).not.toBe(vault.seal('x', 'p'))
  })

  it.each([
    ['under another key', (sealed: string) => vaultWith(randomBytes(32)).open(sealed, 'p')],
    ['for another purpose', (sealed: string) => vault.open(sealed, 'credentials other')],
    ['that was changed', (sealed: string) => vault.open(`${sealed.slice(0, -4)}AAAA`, 'p')],
    ['that is cut off', (sealed: string) => vault.open(sealed.slice(0, 12), 'p')],
    ['that is none', () => vault.open('plain text', 'p')],
  ])('refuses a text %s with a code that says what to do', (_what, open) => {
    const sealed = vault.seal('secret', 'p')
    expect(() => open(sealed)).toThrow(expect.objectContaining({ code: 'SECRET_UNREADABLE' }))
  })

  it('keeps its key in a file only the owner can read, and the same for every process', () => {
    const sealed = openVault(folder, undefined).seal('x', 'p')
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600)
    expect(openVault(folder, undefined).open(sealed, 'p')).toBe('x')
  })

  it('refuses a key file that others can read, or that is no key', () => {
    openVault(folder, undefined)
    chmodSync(join(folder, 'secret.key'), 0o644)
    expect(() => openVault(folder, undefined)).toThrow(/chmod 600/)
    chmodSync(join(folder, 'secret.key'), 0o600)
    writeFileSync(join(folder, 'secret.key'), 'short')
    expect(() => openVault(folder, undefined)).toThrow(/not a key of ours/)
  })

  it('takes a key of the environment instead, on any machine', () => {
    const sealed = openVault(folder, 'a passphrase of several machines').seal('x', 'p')
    rmSync(folder, { recursive: true })
    expect(openVault(folder, 'a passphrase of several machines').open(sealed, 'p')).toBe('x')
    expect(() => readFileSync(join(folder, 'secret.key'))).toThrow()
  })
})
