ObjC.import('Foundation')
var c = $.NSXPCConnection.alloc.initWithMachServiceNameOptions('com.acme.' + 'helper', 4096)
c.resume
