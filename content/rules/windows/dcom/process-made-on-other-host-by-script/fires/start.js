var l = GetObject("winmgmts:{impersonationLevel=impersonate}!\\\\10.0.0.7\\root\\cimv2");
l.Get("Win32_Process").Create("calc.exe");
