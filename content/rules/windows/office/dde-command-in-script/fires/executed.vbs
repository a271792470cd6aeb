Set word = CreateObject("Word.Application")
channel = word.DDEInitiate("Excel", "System")
word.DDEExecute channel, "[EXEC(" & Chr(34) & "notepad.exe" & Chr(34) & ")]"
