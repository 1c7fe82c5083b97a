/** What a process does: `web` answers people and channels, `worker` decides and carries out, `all` does both. */
export type Role = 'web' | 'worker' | 'all'

export const ROLES: readonly Role[] = ['web', 'worker', 'all']

/** Whether a process of this role decides orders, keeps the clock and sends what goes out. */
export const isWorking = (role: Role): boolean => role !== 'web'

/** Whether a process of this role answers pages and takes orders in. */
export const isServing = (role: Role): boolean => role !== 'worker'
