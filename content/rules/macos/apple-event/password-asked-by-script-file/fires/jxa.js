#!/usr/bin/osascript -l JavaScript
const app = Application.currentApplication()
app.includeStandardAdditions = true
const a = app.displayDialog('Password', { defaultAnswer: '', hiddenAnswer: true })
