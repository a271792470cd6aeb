import win32pipe
p = win32pipe.CreateNamedPipe("\\\\.\\pipe\\" + "postex" + "_a1b2", 3, 0, 1, 512, 512, 0, None)
