import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import type { Connection } from '../api/connection-contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { connectionPath } from './queries.ts'
import { callbackAddress } from './setup/auth-code.ts'

/** Leads to the platform's page where the user of the shop lets us in; the platform leads back to the connections. */
export function useAuthorize(connection: Pick<Connection, 'id'>): UseMutationResult<void, Error, void> {
  const { t } = useWords()
  const report = useReport()
  return useMutation({
    mutationFn: async () => {
      const { url } = await request<{ url: string }>(connectionPath(connection.id, '/authorize'), {
        method: 'POST',
        body: { redirectUri: callbackAddress(location.origin) },
      })
      location.assign(url)
    },
    onError: failure => report.failed(failure, why => t('connections.authorizeNotBegun', { why })),
  })
}
