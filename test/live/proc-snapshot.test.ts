// What lasts is seen without any right: looked for in /proc once a second.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Finding } from '../../src/findings/finding.ts'

import { fieldsOf, Stage } from './stage.ts'
import { whyNot } from './why-not.ts'

const why = whyNot('proc-snapshot')

describe.skipIf(why !== undefined)(
  `sensor proc-snapshot${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    let stage: Stage
    beforeAll(async () => {
      stage = new Stage('proc-snapshot')
      await stage.begin()
    })
    afterAll(async () => await stage.end())

    const told = (type: string, of: RegExp) => (f: Finding) => {
      const fields = fieldsOf(f)
      return fields.type === type && of.test(JSON.stringify(fields))
    }

    it('tells of programs, both ends of a socket, and FIFOs that are held open', async () => {
      const server =
        'const s=require("net").createServer(c=>{setTimeout(()=>{c.destroy();s.close()},5000)}).listen("lasts.sock")'
      await stage.run(
        `node -e '${server}' & while [ ! -S lasts.sock ]; do sleep 0.1; done; ./ipc hold lasts.sock; wait`,
      )
      await stage.awaits('a start', told('exec', /ipc hold lasts\.sock/))
      const met = await stage.awaits(
        'a connection',
        told('connect', /lasts\.sock/),
      )
      expect(fieldsOf(met).PeerImage).toMatch(/node/)
      await stage.run(
        'mkfifo lasts; sleep 4 > lasts & sleep 4 < lasts & wait; rm lasts',
      )
      await stage.awaits('a FIFO', told('fifo_open', /\/lasts/))
    })
  },
)
