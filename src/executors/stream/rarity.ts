// How often will a text hold a given piece of text? Rough guesses, made from how paths and command lines look. They
// decide only which facts about an event wake a rule up, never whether it holds.

/** Text that most events of a Windows, Linux or macOS log hold somewhere. */
const everywhere = [
  'c:\\windows\\system32\\',
  'c:\\windows\\syswow64\\',
  'c:\\program files (x86)\\',
  'c:\\program files\\',
  'c:\\programdata\\',
  'c:\\users\\',
  '\\appdata\\local\\temp\\',
  '\\appdata\\roaming\\microsoft\\',
  'nt authority\\system',
  'nt authority\\network service',
  'microsoft corporation',
  'microsoft-windows-',
  'hklm\\system\\currentcontrolset\\services\\',
  'hkcu\\software\\microsoft\\windows\\currentversion\\',
  'https://www.',
  'http://',
  '/usr/bin/',
  '/usr/sbin/',
  'powershell.exe',
  '.exe" ',
  '.dll',
  '.com',
  'true',
  'false',
]

/** By length of the text: the chance that some value holds it. */
const byLength = [1, 0.7, 0.4, 0.12, 0.05, 0.02, 0.01, 0.006, 0.004, 0.003]
const long = 0.002

/** The chance that a value of the field holds the text, folded. */
export function chanceOf(text: string): number {
  if (everywhere.some((common) => common.includes(text))) return 0.3
  return byLength[text.length] ?? long
}

/** Letters by how common they are in paths and command lines; what is missing is rarer than any of these. */
const commonLetters = 'e\\ tiorsan.clmdpwx/:-u"hfgy'

/** The higher, the rarer a window of text is. */
export function rarityOf(window: string): number {
  let rarity = 0
  for (const letter of window) {
    const place = commonLetters.indexOf(letter)
    rarity += place < 0 ? commonLetters.length : place
  }
  return rarity
}
