var a = ["Shell", "WScript."];
new ActiveXObject(a[1] + a[0])["R" + "un"]("powershell -w hidden -c notepad", 0);
