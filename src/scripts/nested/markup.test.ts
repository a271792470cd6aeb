import { describe, expect, it } from 'vitest'

import { readScript } from '../index.ts'

const object = 'new ActiveXObject'

function told(page: string): string[] {
  return readScript(page, { language: 'hta' })!.actions.map((a) => {
    const where = page.slice(a.offset, a.offset + a.length)
    return `${a.kind} ${a.target} at ${where}`
  })
}

describe('script in markup', () => {
  it.each([
    [
      `<body onload="${object}(&quot;A.B&quot;)">`,
      `${object}(&quot;A.B&quot;)`,
    ],
    [
      `<body onload='${object}(&#39;&#x41;.B&#39)'>`,
      `${object}(&#39;&#x41;.B&#39)`,
    ],
    [
      `<body/onload=new&#32;ActiveXObject('A.B')>`,
      `new&#32;ActiveXObject('A.B')`,
    ],
    [`<a href="java&Tab;script&colon;${object}('A.B')">`, `${object}('A.B')`],
    [`<a href="java\nscript:${object}('A.B')">`, `${object}('A.B')`],
    [
      `<meta http-equiv=refresh content="0;url=javascript:${object}(&quot;A.B&quot;)">`,
      `${object}(&quot;A.B&quot;)`,
    ],
    [
      `<iframe srcdoc="&lt;script&gt;${object}('A.B')&lt;/script&gt;">`,
      `${object}('A.B')`,
    ],
    [
      `<iframe srcdoc="&lt;body onload=&quot;${object}(&amp;quot;A.B&amp;quot;)&quot;&gt;">`,
      `${object}(&amp;quot;A.B&amp;quot;)`,
    ],
    [
      `<?xml version="1.0"?><job><script>${object}(&quot;A.B&quot;)</script></job>`,
      `${object}(&quot;A.B&quot;)`,
    ],
  ])('is read as whoever runs it does: %s', (page, where) => {
    expect(told(page)).toEqual([`com A.B at ${where}`])
  })

  it('has no references where there are none', () => {
    const page = `<script>var x = "&quot;"; ${object}("&lt;")</script>`
    expect(told(page)).toEqual([`com &lt; at ${object}("&lt;")`])
  })

  it('has none in a section of its own', () => {
    const page = `<?xml version="1.0"?><job><script><![CDATA[${object}("&lt;")]]></script></job>`
    expect(told(page)).toEqual([`com &lt; at ${object}("&lt;")`])
  })

  it('has a letter for a number, and says so', () => {
    const page = `<body onload="${object}('&#65;.B')">`
    const [action] = readScript(page, { language: 'hta' })!.actions
    expect(action!.obfuscation).toEqual(['escapes'])
  })
})
