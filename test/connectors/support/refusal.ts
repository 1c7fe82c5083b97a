import { ConnectorError, type Fault } from '../../../connectors/kit/fault.ts'

/** The fault some work fails with. @throws Error when it does not fail, or fails with something else */
export const refusal = (work: Promise<unknown>): Promise<Fault> =>
  work.then(
    () => {
      throw new Error('It was not refused.')
    },
    (error: unknown) => {
      if (!(error instanceof ConnectorError)) throw error
      return error.fault
    },
  )
