import win32com.client as w
k={'clsid':'MMC20.Application','machine':'fs01'}
w.DispatchEx(**k)
