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

const everywhereText = everywhere.join('\0')

/** By length of the text: the chance that some value holds it. */
const byLength = [1, 0.7, 0.4, 0.12, 0.05, 0.02, 0.01, 0.006, 0.004, 0.003]
const long = 0.002
/** Signs that ordinary paths and command lines do without, and letters beyond ASCII. */
const rareSign = /[`^{}|;<>~\x80-\uffff]/
const rareChance = 0.01

/** The chance that a value of the field holds the text, folded. */
export function chanceOf(text: string): number {
  const chance = byLength[text.length] ?? long
  if (chance <= rareChance) return everywhereText.includes(text) ? 0.3 : chance
  if (rareSign.test(text)) return rareChance
  return everywhereText.includes(text) ? Math.max(0.3, chance) : chance
}

/** Letters by how common they are in paths and command lines; what is missing is rarer than any of these. */
const commonLetters = 'e\\ tiorsan.clmdpwx/:-u"hfgy'

const rarities = Uint8Array.from({ length: 0x80 }, (_, unit) => {
  const place = commonLetters.indexOf(String.fromCharCode(unit))
  return place < 0 ? commonLetters.length : place
})

/** The higher, the rarer the five letters from `at` on. */
export function rarityOf(text: string, at: number): number {
  let rarity = 0
  for (let i = at; i < at + 5; i++) rarity += unitRarity(text.charCodeAt(i))
  return rarity
}

/** Of one letter. */
export function unitRarity(unit: number): number {
  return rarities[unit] ?? commonLetters.length
}
