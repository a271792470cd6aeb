while(true){}
new ActiveXObject('WScript.Shell').Run('calc.exe');
