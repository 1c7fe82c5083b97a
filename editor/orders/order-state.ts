import type { RunStatus } from '../api/contract.ts'

/** Whether an order came through, waits or failed; what its end called it is told by its outcome. */
export function orderState(status: string): RunStatus {
  return status === 'waiting' || status === 'failed' ? status : 'done'
}
