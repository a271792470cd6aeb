Set w = GetObject("winmgmts:\\.\root\cimv2")
Set x = GetObject("", "Excel.Application")
