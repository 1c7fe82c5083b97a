// A worker thread of Node 20 does not inherit the loader that reads TypeScript, so it registers its own: the one
// for modules, whose constants are read directly. The one for `require` starts 0.3 s sooner, but then every
// constant of another file is a call on the hottest paths.
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
