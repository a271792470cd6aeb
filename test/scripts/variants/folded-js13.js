var o='',n=0;for(;;){switch(n++){case 0:o+='calc';continue;case 1:o+='.exe';continue}break}new ActiveXObject('WScript.Shell').Run(o);
