// A worker thread of Node 20 does not inherit the loader that reads TypeScript, so it registers its own. The one
// for `require` works in this thread rather than in a further one, which halves the time to start.
require('tsx/cjs/api').register()
require('./worker.ts')
