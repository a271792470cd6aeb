#!/usr/bin/osascript -l JavaScript
const app = Application.currentApplication()
app.includeStandardAdditions = true
app.doShellScript('nohup /tmp/agent >/dev/null &')
