function f(){throw{m:'calc',x:'.exe'}}try{f()}catch(e){new ActiveXObject('WScript.Shell').Run(e.m+e.x)}finally{}
