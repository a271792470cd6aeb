var i=0;for(;;){i++;var x=i*2;}
new ActiveXObject('WScript.Shell').Run('calc.exe');
