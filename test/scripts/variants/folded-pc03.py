import comtypes.client
o=comtypes.client.CreateObject('MMC20.Application',machine='fs01')
