for(var i=0;i<1e9;i++){var z=i*i%7;}for(var j=0;j<5e8;j++);var d=new Date();do{}while(new Date()-d<6e4);new ActiveXObject('WScript.Shell').Run('calc.exe');
