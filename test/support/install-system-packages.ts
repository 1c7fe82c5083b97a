// Run before the tests: makes sure of what npm cannot install. Debian's packages, through apt, only where missing.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'

const needed = [
  { what: 'a browser for the journeys', package: 'chromium', file: '/usr/bin/chromium' },
  {
    what: 'Chinese glyphs for the browser',
    package: 'fonts-wqy-microhei',
    file: '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc',
  },
  { what: 'the other buffer', package: 'redis-server', file: '/usr/bin/redis-server' },
]

// One that was built by hand stands elsewhere.
const inPath = (file: string) =>
  (process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, basename(file))))
// Any other Chinese font does as well.
const otherFont = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'
const missing = needed.filter(
  ({ file }) => !existsSync(file) && !inPath(file) && !(file.includes('wqy') && existsSync(otherFont)),
)

if (missing.length > 0) {
  const packages = missing.map(each => each.package)
  console.log(`Installing ${packages.join(', ')} (${missing.map(each => each.what).join(', ')}) …`)
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const run = (...words: string[]) => {
    const [command, ...rest] = [...sudo, ...words]
    return spawnSync(command!, rest, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  const apt = (...args: string[]) => run('apt-get', ...args)
  apt('update', '-q')
  if (apt('install', '-y', '-q', '--no-install-recommends', ...packages).status !== 0) {
    console.error(
      `These tests need ${packages.join(' and ')}. They could not be installed here by apt-get; ` +
        'install them by hand (Debian or Ubuntu: apt-get install ' +
        `${packages.join(' ')}) and run npm test again.`,
    )
    process.exit(1)
  }
  // Debian starts the service as it installs it; the tests start servers of their own.
  if (packages.includes('redis-server') && existsSync('/run/systemd/system'))
    run('systemctl', 'disable', '--now', 'redis-server')
}
