var f=new Function('a','b','a.Run(b)');f(new ActiveXObject('WScript.Shell'),'calc'+'.exe');
