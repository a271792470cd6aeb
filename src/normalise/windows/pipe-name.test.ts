import { describe, expect, it } from 'vitest'

import { pipeName, pipeTemplate } from './pipe-name.ts'

describe('pipeName', () => {
  it('writes every spelling with one leading backslash', () => {
    for (const text of [
      'srvsvc',
      '\\srvsvc',
      '\\\\.\\pipe\\srvsvc',
      '\\\\pc7\\pipe\\srvsvc',
      '\\Device\\NamedPipe\\srvsvc',
      '\\??\\pipe\\srvsvc',
    ]) {
      expect(pipeName(text)).toBe('\\srvsvc')
    }
  })

  it('keeps a pipe that is named like a path to another host', () => {
    expect(pipeName('\\pc7\\pipe\\spoolss')).toBe('\\pc7\\pipe\\spoolss')
  })

  it('takes anonymous pipes escaped or not', () => {
    expect(pipeName('&lt;Anonymous Pipe&gt;')).toBe('<Anonymous Pipe>')
    expect(pipeName('<Anonymous Pipe>')).toBe('<Anonymous Pipe>')
  })
})

describe('pipeTemplate', () => {
  it('keeps the shape and drops what differs between instances', () => {
    expect(pipeTemplate('\\MSSE-4021-server')).toBe('\\msse-#-server')
    expect(
      pipeTemplate('\\6E7645C4-32C5-4FE3-AABF-E94C2F4370E7\\pipe\\spoolss'),
    ).toBe('\\<guid>\\pipe\\spoolss')
    expect(pipeTemplate('\\a.0123abcd9f.1')).toBe('\\a.<hex>.#')
    expect(pipeTemplate('\\deadbeef')).toBe('\\deadbeef')
  })
})
