const fs = require('fs')
const path = require('path')
const files = fs.readdirSync(__dirname).filter((f) => f.endsWith('.json'))
for (const f of files) console.log(f, JSON.parse(fs.readFileSync(path.join(__dirname, f), 'utf8')).version)
