use framework "Foundation"
on run
  my go()
end run
on go()
  set c to current application's NSXPCConnection's alloc()'s initWithMachServiceName_options_("com.example.helper", 0)
end go
