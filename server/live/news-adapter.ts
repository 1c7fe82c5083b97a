import {
  ClusterAdapterWithHeartbeat,
  type ClusterMessage,
  type ClusterResponse,
  type ServerId,
} from 'socket.io-adapter'
import type { News } from '../cluster/news.ts'

const TOPIC = 'sockets'
/** A web process that says nothing for so long no longer has sockets. */
const HEARTBEATS = { heartbeatInterval: 1_000, heartbeatTimeout: 3_000 }

type Letter =
  | { readonly message: ClusterMessage }
  | { readonly response: ClusterResponse; readonly to: ServerId }

/**
 * Makes the sockets of several web processes one, by the news between processes. socket.io's own adapter for MongoDB
 * needs change streams, which only a replica set has: neither a single MongoDB nor the embedded store.
 */
export const newsAdapter = (news: News) =>
  class NewsAdapter extends ClusterAdapterWithHeartbeat {
    readonly #forget: () => void

    constructor(namespace: unknown) {
      super(namespace, HEARTBEATS)
      this.#forget = news.on(TOPIC, told => {
        const letter = told as Letter
        if ('message' in letter) this.onMessage(letter.message)
        else if (letter.to === this.uid) this.onResponse(letter.response)
      })
    }

    override close(): void {
      super.close()
      this.#forget()
    }

    protected override async doPublish(message: ClusterMessage): Promise<string> {
      news.tell(TOPIC, { message } satisfies Letter)
      return ''
    }

    protected override async doPublishResponse(to: ServerId, response: ClusterResponse): Promise<void> {
      news.tell(TOPIC, { to, response } satisfies Letter)
    }
  }
