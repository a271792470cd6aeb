use framework "Foundation"
set c to current application's NSXPCConnection's alloc()'s initWithMachServiceName:"com.example.helper" options:0
c's |resume|()
