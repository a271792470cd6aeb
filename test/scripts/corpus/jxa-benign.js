var music = Application('Music')
var list = music.playlists().map(p => p.name())
console.log(Application.currentApplication, list.join('\n'))
