// Where is Chromium on this machine?
import { existsSync } from 'node:fs'

const places = [
  process.env.IPCWATCH_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

export function chromium(): string | undefined {
  return places.find((place) => place !== '' && existsSync(place))
}
