import { describe, expect, it } from 'vitest'

import { hiddenBy, told } from '../../../test/scripts/told.ts'

const hidden = "$s='B.A';"

describe('text that is turned around', () => {
  it.each([
    '$n=$s[-1..-($s.Length)] -join ""',
    '$n=$s[-1..-$s.Length] -join ""',
    '$n=-join $s[($s.Length-1)..0]',
    '$n="B.A"[2..0] -join ""',
    '$n=[string]::Join("",$s[($s.Length-1)..0])',
    '$c=$s.ToCharArray();[array]::Reverse($c);$n=-join $c',
    '$c=[char[]]$s;[Array]::Reverse($c);$n=[string]::new($c)',
    '$n=([regex]::Matches($s,".","RightToLeft")|%{$_.Value}) -join ""',
    '$n=-join [regex]::Matches($s,"[\\s\\S]","RightToLeft")',
    '$n=[regex]::new(".","RightToLeft").Matches($s) -join ""',
  ])('is turned back, and said to be: %s', (way) => {
    const text = `${hidden}${way};New-Object -ComObject $n`
    expect(told(text, 'powershell')).toEqual(['com A.B'])
    expect(hiddenBy(text, 'powershell')).toContain('reversal')
  })

  it('is not said of the last of several', () => {
    const text = '$a="x","A.B";New-Object -ComObject $a[-1]'
    expect(hiddenBy(text, 'powershell')).toEqual([])
  })
})

describe('bytes that are changed where they lie', () => {
  it.each([
    '$b=[byte[]](0x22,0x4d,0x21)',
    '$b=[Convert]::FromBase64String("Ik0h")',
    '$b=@(0x22,0x4d,0x21)',
  ])('are followed, and said to be keyed: %s', (bytes) => {
    const text = `${bytes};for($i=0;$i -lt $b.Length;$i++){$b[$i]=$b[$i] -bxor 0x63};New-Object -ComObject ([Text.Encoding]::ASCII.GetString($b))`
    expect(told(text, 'powershell')).toEqual(['com A.B'])
    expect(hiddenBy(text, 'powershell')).toContain('xor')
  })
})
