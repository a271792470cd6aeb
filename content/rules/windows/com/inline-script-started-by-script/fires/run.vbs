Set s = CreateObject("WScript.Shell")
s.Run "rundll32.exe javascript:""\..\mshtml,RunHTMLApplication "";document.write()", 0
