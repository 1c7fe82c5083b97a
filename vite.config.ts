import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The host stays the browser's own: the server refuses requests whose origin is not its host.
const server = { target: 'http://127.0.0.1:3000', changeOrigin: false }

export default defineConfig({
  root: 'editor',
  plugins: [react()],
  build: {
    outDir: '../dist/editor',
    emptyOutDir: true,
    chunkSizeWarningLimit: 900,
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      // The editor has a folder of that name: its modules are ours to give, not the server's.
      '^/api/(?!.*\\.ts(\\?|$))': server,
      '/docs': server,
      '/metrics': server,
      '/socket.io': { ...server, ws: true },
    },
  },
})
