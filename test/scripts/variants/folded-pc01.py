import pythoncom
pythoncom.CoCreateInstanceEx('{49B2791A-B1AE-4C90-9B8E-E860BA07F889}',None,pythoncom.CLSCTX_REMOTE_SERVER,('fs01',0,None,0),(pythoncom.IID_IDispatch,))
