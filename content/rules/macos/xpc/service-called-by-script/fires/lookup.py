import ctypes
lib = ctypes.cdll.LoadLibrary('/usr/lib/libSystem.dylib')
lib.xpc_connection_create_mach_service(b'com.acme.helper', None, 2)
