// Makes sure that the tests of reports find a browser: Chromium is installed where it is missing and can be.
import { chromium } from '../test/tools/browser.ts'

import { install } from './debian-packages.ts'

if (!chromium())
  install('browser', ['chromium'], 'tests of reports in a browser')
if (chromium()) console.log(`browser: ${chromium()}`)
