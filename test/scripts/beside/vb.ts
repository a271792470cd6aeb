// VBScript: every function that folding knows, in every form of its arguments.
import type { Templates } from './generator.ts'

export const vbTemplates: Templates = {
  's:leaf': [
    '"abc"',
    '"Hello World"',
    '"aAbBaA"',
    '"x,y,,z"',
    '""',
    '" pad  "',
    '"12"',
    '"-7"',
    '"3.5"',
    '"2.50"',
    '"0012"',
    '"&H1F"',
    '"1e3"',
    '"%41%u0042z%4"',
    '"a.b.c"',
    '"cm^d"',
    '"\\\\.\\pipe\\x"',
    '"" & Chr(233)',
  ],
  s: [
    'Mid(<s>,<p>)',
    'Mid(<s>,<p>,<n:leaf>)',
    'Left(<s>,<n:leaf>)',
    'Right(<s>,<n:leaf>)',
    'Replace(<s>,<w>,<s>)',
    'Replace(<s>,<w>,<s>,<p>)',
    'Replace(<s>,<w>,<s>,<p>,<c>)',
    'Replace(<s>,<w>,<s>,<p>,<c>,<m>)',
    'StrReverse(<s>)',
    'LCase(<s>)',
    'UCase(<s>)',
    'Trim(<s>)',
    'LTrim(<s>)',
    'RTrim(<s>)',
    'Chr(<k>)',
    'ChrW(<k>)',
    'Chr(Asc(<s>)+<n:leaf>)',
    'Space(<n:leaf>)',
    'String(<n:leaf>,<w>)',
    'String(<n:leaf>,<k>)',
    'Hex(<n>)',
    'Oct(<n>)',
    'CStr(<n>)',
    'CStr(<b>)',
    'Join(Split(<s>,<w>),<w>)',
    'Join(Split(<s>,<w>,<c>),<w>)',
    'Join(Split(<s>,<w>,<c>,<m>),<w>)',
    'Join(Split(<s>))',
    'Join(Array(<s>,<n>,<s>))',
    'Join(Array(<s>,<n>,<s>),<w>)',
    'Join(Filter(Array(<s>,<s>,<s>),<w>),"-")',
    'Join(Filter(Array(<s>,<s>),<w>,False),"-")',
    'Split(<s>,<w>)(<n:leaf>)',
    'Array(<s>,<s>)(<n:leaf>)',
    'Unescape(<s>)',
    'Escape(<s>)',
    '<s> & <s>',
    '<s> + <s>',
    '<n> & <s>',
    '<b> & <s>',
    '<n> & <n>',
    'TypeName(<n>)',
    'MonthName(<n:leaf>)',
    'FormatNumber(<n>)',
    'Eval("<neval>")',
  ],
  'n:leaf': [
    '0',
    '1',
    '2',
    '3',
    '7',
    '-1',
    '-2',
    '2.5',
    '3.5',
    '40',
    '0.4',
    '&H10',
    '255',
    '"2"',
  ],
  'neval:leaf': ['1+2', '7 mod 3', '2^3', 'Len(""abc"")'],
  n: [
    'Len(<s>)',
    'Asc(<s>)',
    'AscW(<s>)',
    'InStr(<s>,<w>)',
    'InStr(<p>,<s>,<w>)',
    'InStr(<p>,<s>,<w>,<m>)',
    'InStrRev(<s>,<w>)',
    'InStrRev(<s>,<w>,<p>)',
    'StrComp(<s>,<s>)',
    'StrComp(<s>,<s>,<m>)',
    'CInt(<n>)',
    'CLng(<n>)',
    'CInt(<s>)',
    'CLng(<s>)',
    'CDbl(<s>)',
    'CByte(<n>)',
    'CLng("&H" & Hex(<n:leaf>))',
    'Int(<n>)',
    'Fix(<n>)',
    'Abs(<n>)',
    'Sgn(<n>)',
    'Round(<n>)',
    'Round(<n>,1)',
    'UBound(Split(<s>,<w>))',
    'UBound(Array(<s>,<s>))',
    'LBound(Array(<s>,<s>))',
    'Sqr(<n>)',
    '<n> + <n>',
    '<n> - <n>',
    '<n> * <n>',
    '<n> / <n>',
    '<n> \\ <n>',
    '<n> Mod <n>',
    '<n> ^ <n:leaf>',
    '<n> And <n>',
    '<n> Or <n>',
    '<n> Xor <n>',
    '<n> Eqv <n>',
    '<n> Imp <n>',
    '(Not <n>)',
    '(- <n> ^ 2)',
    '(- <n>)',
    '(<n> - <n>) * <n>',
    '<n> + <s>',
    '<s> - <n>',
    '<s> * <n>',
    'CInt(<b>)',
    '<n> + <b>',
    '(Not <n> + <n>)',
  ],
  'b:leaf': ['True', 'False', '(1 = 1)', '("a" = "A")'],
  b: [
    '(<n> = <n>)',
    '(<n> < <n>)',
    '(<n> >= <n>)',
    '(<s> = <s>)',
    '(<s> <> <s>)',
    '(<s> < <s>)',
    '(<s> = <n>)',
    '(<n> > <s>)',
    '(Not <n> = <n>)',
    '(Not <b>)',
    '<b> And <b>',
    '<b> Or <b>',
    '<b> Xor <b>',
    'IsNumeric(<s>)',
    'IsArray(<s>)',
    'IsEmpty(<s>)',
    '(<n> Mod 2 = 0 And <n> > 1)',
  ],
  'p:leaf': ['1', '2', '3', '5', '0', '-1', '30', '2.5', '1.5', '"3"'],
  'c:leaf': ['-1', '0', '1', '2', '3', '-2'],
  'm:leaf': ['0', '1'],
  'w:leaf': ['","', '"a"', '"B"', '""', '"."', '"lo"', '" "', '"zz"', '"^"'],
  'k:leaf': [
    '65',
    '97',
    '0',
    '255',
    '233',
    '128',
    '8364',
    '-1',
    '65.5',
    '"66"',
    '300',
    '&H41',
  ],
}

/** A script that says of each what it comes to: a line of its number, its type, and its text with what is not ASCII as `\uXXXX`. */
export function vbScript(all: readonly string[]): string {
  const tries = all.map(
    (e, i) => `Err.Clear : r = Empty : r = (${e})\r\nSay ${i}, r\r\n`,
  )
  return `${said}${tries.join('')}`
}

const said = `On Error Resume Next
Dim r
Function Shown(v)
  Dim s, i, c, o
  s = CStr(v)
  For i = 1 To Len(s)
    c = Asc(Mid(s, i, 1))
    If c < 0 Then c = c + 65536
    If c >= 32 And c < 127 And c <> 92 Then
      o = o & Mid(s, i, 1)
    Else
      o = o & "\\u" & Right("000" & Hex(c), 4)
    End If
  Next
  Shown = o
End Function
Sub Say(n, v)
  If Err.Number <> 0 Then
    WScript.Echo n & vbTab & "error" & vbTab & Err.Number
  Else
    WScript.Echo n & vbTab & TypeName(v) & vbTab & Shown(v)
  End If
  Err.Clear
End Sub
`.replaceAll('\n', '\r\n')
