var f = Application('Finder')
f.activate()
