import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import {
  pipeSample,
  syslogXmlLine,
  xmlEvent,
} from '../../../test/tools/json-builders.ts'
import { parseWindowsEventXml } from './event.ts'
import { windowsXml } from './index.ts'

const event = (inside: string, system = '') =>
  `<Event><System><Provider Name="P"/><EventID>7</EventID><EventRecordID>9</EventRecordID><Channel>C</Channel>${system}</System>${inside}</Event>`

const fieldsOf = (xml: string) => parseWindowsEventXml(xml)!.fields

describe('an event as XML', () => {
  it('has the names and types that the binary log gives', () => {
    const parsed = parseWindowsEventXml(xmlEvent(pipeSample))!
    expect(parsed.damage).toBeUndefined()
    expect(parsed.recordId).toBe(4711)
    expect(parsed.provenance).toMatchObject({
      family: 'windows',
      provider: 'Microsoft-Windows-Sysmon',
      channel: 'Microsoft-Windows-Sysmon/Operational',
      id: '17',
    })
    expect(parsed.fields).toEqual({
      Provider_Name: 'Microsoft-Windows-Sysmon',
      Provider_Guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
      EventID: 17,
      Version: 1,
      Level: 4,
      Task: 17,
      Opcode: 0,
      Keywords: '0x8000000000000000',
      TimeCreated_SystemTime: '2026-03-04T10:20:30.125Z',
      EventRecordID: 4711,
      Execution_ProcessID: 2200,
      Execution_ThreadID: 3344,
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Computer: 'ws1.example.test',
      Security_UserID: 'S-1-5-18',
      ...pipeSample.data,
    })
  })

  it('joins data without names and numbers them', () => {
    expect(
      fieldsOf(
        event('<EventData><Data>a</Data><Data/><Data>c</Data></EventData>'),
      ),
    ).toMatchObject({ Data: 'a\n\nc', param1: 'a', param2: '', param3: 'c' })
  })

  it('strips blanks from names and keeps an empty value', () => {
    expect(
      fieldsOf(
        event(
          '<EventData><Data Name="Threat Name">x</Data><Data Name="Empty"/></EventData>',
        ),
      ),
    ).toMatchObject({ ThreatName: 'x', Empty: '' })
  })

  it('takes the leaves of user data and their wrapper for nothing', () => {
    const fields = fieldsOf(
      event(
        '<UserData><LogFileCleared xmlns="urn:x"><SubjectUserName>ana</SubjectUserName><Inner><Deep>1</Deep></Inner></LogFileCleared></UserData>',
      ),
    )
    expect(fields).toMatchObject({ SubjectUserName: 'ana', Deep: '1' })
    expect(Object.keys(fields)).not.toContain('LogFileCleared')
  })

  it('decodes entities, character references and CDATA, and leaves others as written', () => {
    expect(
      fieldsOf(
        event(
          '<EventData><Data Name="A">&lt;Anonymous Pipe&gt; &amp;amp; &#65;&#x42; &evil;</Data><Data Name="B"><![CDATA[a < b]]></Data></EventData>',
        ),
      ),
    ).toMatchObject({ A: '<Anonymous Pipe> &amp; AB &evil;', B: 'a < b' })
  })

  it('reads an entity whose semicolon a collector lost', () => {
    expect(
      fieldsOf(
        event('<EventData><Data Name="A">&lt unknown&gt </Data></EventData>'),
      ),
    ).toMatchObject({ A: '< unknown> ' })
  })

  it('puts event data that have the name of a System field beside it', () => {
    expect(
      fieldsOf(event('<EventData><Data Name="Channel">x</Data></EventData>')),
    ).toMatchObject({ Channel: 'C', EventData_Channel: 'x' })
  })

  it('keeps the message of the rendering, and qualifiers of a classic event', () => {
    expect(
      fieldsOf(
        '<Event><System><Provider Name="P"/><EventID Qualifiers="16384">7</EventID></System><RenderingInfo Culture="en"><Message>Hello</Message><Level>Error</Level></RenderingInfo></Event>',
      ),
    ).toMatchObject({
      EventID: 7,
      Qualifiers: 16384,
      Message: 'Hello',
      RenderingInfo_Level: 'Error',
    })
  })

  it('takes no document type', () => {
    const parsed = parseWindowsEventXml(
      `<!DOCTYPE x [<!ENTITY a "b">]>${event('')}`,
    )
    expect(parsed).toBeUndefined()
  })

  it('keeps the whole elements of an event that was cut off', () => {
    const whole = xmlEvent(pipeSample)
    const parsed = parseWindowsEventXml(whole.slice(0, whole.indexOf('serve')))!
    expect(parsed.damage).toContain('cut off')
    expect(parsed.fields.PipeName).toBe('\\example_4f')
    expect(Object.keys(parsed.fields)).not.toContain('Image')
  })
})

describe('a source of event XML', () => {
  const two = `${xmlEvent(pipeSample)}\n${xmlEvent({ ...pipeSample, recordId: 4712 })}`

  it('is recognised with a root, a declaration, neither, or a syslog header', () => {
    const sure = (text: string) => windowsXml.detect(Buffer.from(text), '')
    expect(sure(two)).toBe(3)
    expect(sure(`<?xml version="1.0"?>\r\n<Events>${two}</Events>`)).toBe(3)
    expect(sure(`${syslogXmlLine(pipeSample)}\n`)).toBe(2)
    expect(sure('<?xml version="1.0"?><html/>')).toBe(0)
    expect(sure(JSON.stringify({ x: xmlEvent(pipeSample) }))).toBe(0)
  })

  it('holds many events, in any blocks, and numbers them by their record id', () => {
    const text = `<?xml version="1.0" encoding="utf-8"?>\n<Events>\n${two}\n</Events>\n`
    for (const blocks of [[], [1], [7, 100]]) {
      const got = collect(windowsXml, text, { blocks })
      expect(got.records.map((r) => r.number)).toEqual([4711, 4712])
      expect(got.damages).toEqual([])
      const [first, second] = got.records
      expect(text.slice(second!.offset)).toMatch(/^<Event /)
      expect(second!.shape).toBe(first!.shape)
    }
  })

  it('reads syslog lines and counts the lines of others', () => {
    const text = `${syslogXmlLine(pipeSample)}\nMar  4 10:20:31 ws1 cron[1]: nothing\n${syslogXmlLine(pipeSample)}\n`
    const got = collect(windowsXml, text)
    expect(got.records).toHaveLength(2)
    expect(got.records[0]!.fields.Security_UserID).toBe('0')
    expect(got.damages).toHaveLength(1)
    expect(got.damages[0]!.message).toContain('1 lines')
  })

  it('reads the event after one that was cut off', () => {
    const line = syslogXmlLine(pipeSample)
    const text = `${line.slice(0, -60)}\n${line}\n`
    for (const blocks of [[], [13]]) {
      const got = collect(windowsXml, text, { blocks })
      expect(got.records).toHaveLength(2)
      expect(got.damages).toHaveLength(1)
      expect(got.damages[0]!.message).toContain('cut off')
    }
  })

  it('skips what no rule wants, by the System part alone', () => {
    const got = collect(windowsXml, two, { gate: { wants: () => false } })
    expect(got).toMatchObject({ records: [], skipped: 2 })
  })

  it('finds no end of an event within CDATA', () => {
    const text = event(
      '<EventData><Data Name="A"><![CDATA[</Event><Evil/>]]></Data><Data Name="B">b</Data></EventData>',
    )
    const got = collect(windowsXml, text)
    expect(got.records).toHaveLength(1)
    expect(got.records[0]!.fields).toMatchObject({
      A: '</Event><Evil/>',
      B: 'b',
    })
  })

  it('passes over a flood of events that never end, each once', () => {
    const flood = '<Event><System>'.repeat(20_000)
    const got = collect(windowsXml, `${flood}${xmlEvent(pipeSample)}`)
    expect(got.records).toHaveLength(1)
    expect(got.damages).toHaveLength(20_000)
  })

  it('lists the values of a name that comes again', () => {
    const data = '<Data Name="A">1</Data>'.repeat(3)
    expect(fieldsOf(event(`<EventData>${data}</EventData>`)).A).toEqual([
      '1',
      '1',
      '1',
    ])
  })

  it('keeps the name of a value behind any number of attributes', () => {
    const many = Array.from({ length: 1100 }, (_, i) => `a${i}="x"`).join(' ')
    const data = `<EventData><Data ${many} Name="A">1</Data></EventData>`
    const parsed = parseWindowsEventXml(event(data))!
    expect(parsed.fields.A).toBe('1')
    expect(parsed.damage).toBe('over 1024 attributes in one tag')
  })

  it('names the culture of its rendering once', () => {
    const info =
      '<RenderingInfo Culture="de-DE"><Level>Fehler</Level></RenderingInfo>'
    expect(fieldsOf(event(info))).toMatchObject({
      RenderingInfo_Culture: 'de-DE',
      RenderingInfo_Level: 'Fehler',
    })
  })

  it('stands any mutilation', () => {
    const bytes = Buffer.from(`<Events>${two}</Events>`)
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.nat(bytes.length - 1),
            fc.constantFrom(...Buffer.from('<>&"\'/=\0 ]![C-')),
          ),
          { maxLength: 12 },
        ),
        fc.integer({ min: 1, max: 500 }),
        (changes, block) => {
          const torn = Buffer.from(bytes)
          for (const [at, value] of changes) torn[at] = value
          const got = collect(windowsXml, torn, { blocks: [block] })
          expect(got.records.length).toBeLessThanOrEqual(14)
        },
      ),
      { seed: 3, numRuns: 500 },
    )
  })
})
