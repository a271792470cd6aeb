Set-ExecutionPolicy Unrestricted -Scope LocalMachine -Force
