import { CARRIERS, type Carrier, carrierOf } from '../kit/carriers.ts'
import { ConnectorError } from '../kit/fault.ts'
import { listOf, recordOf, textOf } from '../kit/said.ts'
import { callPinduoduo } from './client.ts'
import type { PinduoduoContext } from './settings.ts'

/** A carrier as Pinduoduo knows it: `{ id: '44', code: 'SF', name: '顺丰快递' }`. */
interface Company {
  readonly id: string
  readonly code: string
  readonly name: string
  /** Shops may ship with it. */
  readonly isOpen: boolean
}

/** The numbers Pinduoduo gives its carriers: `pdd.logistics.companies.get`. */
export interface Companies {
  /** Our word for the carrier of this number; the number itself where it is not known. */
  carrierOf(logisticsId: string): string
  /** The number of one of CARRIERS; a number is taken as it is. @throws ConnectorError class `business` */
  idOf(carrier: string): string
}

/** @throws ConnectorError */
export async function readCompanies(context: PinduoduoContext): Promise<Companies> {
  const answer = await callPinduoduo(context, 'pdd.logistics.companies.get', {})
  return companiesFrom(
    listOf(answer.logistics_companies)
      .map(recordOf)
      .map(company => ({
        id: textOf(company.id),
        code: textOf(company.code),
        name: textOf(company.logistics_company),
        isOpen: textOf(company.available) !== '0',
      })),
  )
}

/**
 * Asks for the list at the first carrier that is to be named. An app that may not read it gets orders all the
 * same, with the platform's numbers in place of names.
 */
export function companiesOnDemand(context: PinduoduoContext): () => Promise<Companies> {
  let asked: Promise<Companies> | undefined
  return () => {
    asked ??= readCompanies(context).catch(error => {
      asked = undefined
      if (!(error instanceof ConnectorError) || !WITHOUT.has(error.fault.class)) throw error
      asked = Promise.resolve(companiesFrom([]))
      return asked
    })
    return asked
  }
}

const WITHOUT: ReadonlySet<string> = new Set(['permission', 'request', 'business'])

function companiesFrom(companies: readonly Company[]): Companies {
  return {
    carrierOf(logisticsId) {
      const company = companies.find(({ id }) => id === logisticsId)
      return company ? wordFor(company) : logisticsId
    },
    idOf(carrier) {
      if (/^\d+$/.test(carrier)) return carrier
      const open = companies.filter(({ isOpen }) => isOpen)
      const found = open.find(company => wordFor(company) === carrier) ?? onlyNamedLike(carrier, open)
      if (found) return found.id
      throw new ConnectorError({
        class: 'business',
        said: `拼多多的快递公司里找不到「${nameOf(carrier)}」，可以直接填拼多多的快递公司编号 · Pinduoduo lists no carrier "${carrier}"; its number may be given instead`,
      })
    },
  }
}

function wordFor({ code, name }: Company): string {
  const byCode = carrierOf(code)
  return byCode in CARRIERS ? byCode : carrierOf(name)
}

const nameOf = (carrier: string) => (carrier in CARRIERS ? CARRIERS[carrier as Carrier].zh : carrier)

/** 顺丰速运 goes as 顺丰快递 there; with 顺丰同城 in the list as well it is no longer plain which is meant. */
function onlyNamedLike(carrier: string, companies: readonly Company[]): Company | undefined {
  const alike = companies.filter(({ name }) => name.startsWith(nameOf(carrier).slice(0, 2)))
  return alike.length === 1 ? alike[0] : undefined
}
