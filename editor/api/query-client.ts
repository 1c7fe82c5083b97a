import { QueryClient } from '@tanstack/react-query'
import { link } from '../live/feed.ts'
import { RequestFailure } from './request.ts'

/** What was read from the server, kept while it is fresh. Pages show it again before they ask anew. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 3_000,
      retry: (times, failure) => times < 1 && failure instanceof RequestFailure && isPassing(failure.status),
      retryDelay: 800,
      // Asked even when the browser believes itself offline: the server may be this very machine.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

function isPassing(status: number): boolean {
  return status === 0 || status >= 500
}

// A connection that came back means that what is on screen may be old, or may have failed to load.
let wasDown = false
link.subscribe(() => {
  const { state } = link.get()
  if (state === 'up' && wasDown) void queryClient.invalidateQueries()
  wasDown = state === 'down'
})
