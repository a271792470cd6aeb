Set word = CreateObject("Word.Application")
channel = word.DDEInitiate("Excel", "System")
word.DDEExecute channel, "[OPEN(""C:\Books\march.xls"")][PRINT()]"
word.DDETerminate channel
