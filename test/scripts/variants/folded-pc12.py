import win32com.client
d=lambda *a,**k: win32com.client.DispatchEx(*a,**k)
d('MMC20.Application',machine='fs01')
