// Which outputs does a configuration ask for? A new one is a file beside this one, a line here, and its keys in config.ts.
import type { Finding } from '../../../findings/finding.ts'
import { ecsDocument } from '../../../findings/sinks/ecs.ts'
import { ocsfFinding } from '../../../findings/sinks/ocsf.ts'

import type { OutputConfig } from '../config/config.ts'
import { FileOutput } from './file.ts'
import { elastic, splunkHec, webhook } from './http.ts'
import { cef } from './messages.ts'
import type { Output } from './output.ts'
import { syslog } from './syslog.ts'
import { terminal } from './terminal.ts'

export interface Opening {
  /** Descriptor of what people look at. */
  readonly shown: number
  /** The text of a small file that the configuration names; throws where it cannot be had. */
  readonly readFile: (path: string) => string
}

const messages = {
  cef: (finding: Finding) => cef(finding),
  ecs: (finding: Finding) => JSON.stringify(ecsDocument(finding)),
  ocsf: (finding: Finding) => JSON.stringify(ocsfFinding(finding)),
  json: (finding: Finding) => JSON.stringify(finding),
}

/** Throws where what it needs is not there. */
export function openOutput(config: OutputConfig, opening: Opening): Output {
  const secret = (key: 'secret-file' | 'token-file' | 'authorization-file') => {
    const file = config[key]
    return file === undefined ? undefined : opening.readFile(file).trim()
  }
  const caFile = config['ca-file']
  const ca = caFile === undefined ? {} : { ca: opening.readFile(caFile) }
  if (config.file !== undefined) {
    const { file, rotate, keep } = config
    return new FileOutput({
      path: file,
      ...(rotate !== undefined && { rotateAt: rotate }),
      ...(keep !== undefined && { keep }),
    })
  }
  if (config.webhook !== undefined) {
    const [secretText, token] = [secret('secret-file'), secret('token-file')]
    return webhook(config.webhook, {
      url: config.webhook,
      ...ca,
      ...(secretText !== undefined && { secret: secretText }),
      ...(token !== undefined && { token }),
    })
  }
  if (config.splunk !== undefined || config.elasticsearch !== undefined) {
    return openStore(config, ca, secret)
  }
  if (config.syslog !== undefined) {
    const { host, port, tls } = config.syslog
    const message = messages[config.format ?? 'cef']
    const name = `syslog ${host}:${port}`
    return syslog(name, { host, port, tls, ...ca, message })
  }
  return terminal(opening.shown)
}

function openStore(
  { splunk, elasticsearch, index }: OutputConfig,
  ca: { readonly ca?: string },
  secret: (key: 'token-file' | 'authorization-file') => string | undefined,
): Output {
  if (splunk !== undefined) {
    const token = secret('token-file')
    if (token === undefined)
      throw new Error(`splunk ${splunk}: it has no token-file`)
    return splunkHec(splunk, {
      url: splunk,
      ...ca,
      token,
      ...(index !== undefined && { index }),
    })
  }
  const url = elasticsearch!
  const authorization = secret('authorization-file')
  return elastic(url, {
    url,
    ...ca,
    index: index ?? 'ipcwatch-findings',
    document: ecsDocument,
    ...(authorization !== undefined && { authorization }),
  })
}
