// How the report looks, and what it does where scripts run: searching, and opening all for paper. Without them it is read as it stands.

export const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--soft:#57606a;--line:#d0d7de;--box:#f6f8fa;--link:#0550ae;--critical:#8e0b21;--high:#a8330a;--medium:#7d4e00;--low:#4d5a00;--informational:#44505c}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--soft:#9da7b3;--line:#30363d;--box:#161b22;--link:#79b8ff;--critical:#ff9aa5;--high:#ffb08a;--medium:#f0c274;--low:#cbd878;--informational:#b1bac4}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:72rem;margin:0 auto;padding:0 1rem}
h1{font-size:1.6rem;margin:1.5rem 0 .5rem}h2{font-size:1.3rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}h3{font-size:1.05rem;margin:1.2rem 0 .3rem}
a{color:var(--link)}a.skip{position:absolute;left:-99rem}a.skip:focus{position:static}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1rem 2rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem .25rem 0;border-bottom:1px solid var(--line)}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bar{display:block;height:.5rem;width:100%}.bar rect{fill:var(--link)}
details{border:1px solid var(--line);border-radius:6px;margin:.4rem 0;background:var(--box)}summary{cursor:pointer;padding:.45rem .7rem}details>div{padding:0 .7rem .6rem}
.level{font-weight:700;text-transform:uppercase;font-size:.8rem;margin-right:.5rem}
.critical{color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}.low{color:var(--low)}.informational{color:var(--informational)}
.soft{color:var(--soft)}pre,code,td.v{font-family:ui-monospace,monospace;font-size:.85rem;white-space:pre-wrap}pre{margin:.4rem 0;background:var(--box);padding:.6rem;border:1px solid var(--line);border-radius:6px}
td.k{width:14rem;color:var(--soft)}.find{display:flex;gap:.5rem;flex-wrap:wrap;align-items:center;margin:.6rem 0}.find input{font:inherit;padding:.35rem .6rem;border:1px solid var(--soft);border-radius:6px;background:var(--bg);color:var(--fg);min-width:0;flex:1 1 12rem}
.told p{margin:.1rem 0;padding-left:1.5rem;text-indent:-1.5rem}.told p.i1{padding-left:2rem}.told p.i2{padding-left:2.5rem}.told p.i3{padding-left:3rem}.told p.i4{padding-left:3.5rem}.told p.i5{padding-left:4rem}.told p.i6{padding-left:4.5rem}.told p.i7{padding-left:5rem}.told p.i8{padding-left:5.5rem}
.drawn{display:flex;flex-wrap:wrap;gap:.5rem 2rem}figure{margin:.4rem 0;max-width:100%}figcaption{font-weight:600;font-size:.92rem}svg.draw{max-width:100%;height:auto}svg.draw rect{fill:var(--bg);stroke:var(--soft)}svg.draw rect.found{stroke:var(--high);stroke-width:2}svg.draw text{fill:var(--fg);font:13px system-ui,sans-serif}svg.draw text.small{fill:var(--soft);font-size:11px}svg.draw path{stroke:var(--fg);fill:none}
.wide{overflow-x:auto}th[scope=row]{font-weight:400}table.matrix th[scope=row]{min-width:15rem}.wide th[scope=row],.wide thead th{overflow-wrap:normal}table.matrix td{border-left:4px solid var(--line);padding-left:.5rem}table.matrix td.s-saw{border-left-color:var(--high)}table.matrix td.s-can-see{border-left-color:var(--link)}table.matrix td.s-blind strong{color:var(--soft)}table.matrix td.none{color:var(--soft)}
details.whole{margin:.4rem 0;background:var(--bg)}nav a{margin-right:.6rem}
details.more table{margin:0 .7rem;width:calc(100% - 1.4rem);table-layout:fixed}
section.rule{content-visibility:auto;contain-intrinsic-size:auto 8rem}
@media (max-width:40rem){td.k{width:auto}table.matrix thead{display:none}table.matrix tr,table.matrix th,table.matrix td{display:block}table.matrix tr{padding:.3rem 0;border-bottom:1px solid var(--line)}table.matrix th,table.matrix td{border-bottom:0}table.matrix th[scope=row]{min-width:0}table.matrix td.none{display:none}table.matrix td::before{content:attr(data-platform) ': '}body{font-size:15px}table.rows thead{display:none}table.rows td{display:block;border:0;padding:.05rem 0}table.rows tr{display:block;border-bottom:1px solid var(--line);padding:.3rem 0}table.pairs td{display:block;border:0;padding:0}table.pairs tr{display:block;padding:.2rem 0;border-bottom:1px solid var(--line)}}
@media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--soft:#333;--line:#999;--box:#fff;--link:#000;--critical:#000;--high:#000;--medium:#000;--low:#000;--informational:#000}.find,a.skip,nav,details.whole{display:none}.drawn{break-inside:avoid}body{font-size:9.5pt}details{border:0}summary{break-after:avoid}tr,li{break-inside:avoid}section.rule{content-visibility:visible}h2,h3{break-after:avoid}}
[hidden]{display:none!important}
`

/** It writes no markup: text is compared, and what does not match is hidden. */
export const script = `
(function(){
'use strict';
var box=document.getElementById('find'),input=document.getElementById('words'),told=document.getElementById('told');
if(!box||!input||!told)return;
box.hidden=false;
var parts=Array.prototype.slice.call(document.querySelectorAll('[data-part]'));
var texts=null,wait=0;
function search(){
var words=input.value.toLowerCase().split(/\\s+/).filter(Boolean),n=0;
if(!texts)texts=parts.map(function(p){return p.textContent.toLowerCase();});
parts.forEach(function(p,i){var is=words.every(function(w){return texts[i].indexOf(w)>=0;});p.hidden=!is;if(is)n++;});
document.querySelectorAll('section.rule').forEach(function(s){s.hidden=words.length>0&&!s.querySelector('[data-part]:not([hidden])');});
document.querySelectorAll('details.more').forEach(function(s){var is=s.querySelector('[data-part]:not([hidden])');s.hidden=!is;s.open=words.length>0&&!!is&&n<2000;});
told.textContent=words.length?n+' of '+parts.length+' shown':'';
}
input.addEventListener('input',function(){clearTimeout(wait);wait=setTimeout(search,150);});
var closed=[];
addEventListener('beforeprint',function(){closed=Array.prototype.slice.call(document.querySelectorAll('details:not([open])'));closed.forEach(function(d){d.open=true;});});
addEventListener('afterprint',function(){closed.forEach(function(d){d.open=false;});});
})();
`
