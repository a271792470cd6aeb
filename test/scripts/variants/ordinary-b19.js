const f=new Function('a','b','return a+b');console.log(f(1,2));try{JSON.parse('{')}catch(e){console.error(e.message)}
let n=0;while(true){if(n++>3)break}
setInterval(()=>{},1000);
