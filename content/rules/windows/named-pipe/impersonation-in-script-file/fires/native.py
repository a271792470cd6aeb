from ctypes import windll
k = windll.kernel32
a = windll.advapi32
h = k.CreateNamedPipeW(r'\\.\pipe\upd', 3, 0, 1, 0, 0, 0, None)
k.ConnectNamedPipe(h, None)
a.ImpersonateNamedPipeClient(h)
