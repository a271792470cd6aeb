Set s = CreateObject(StrReverse("llehS.tpircSW"))
s.Run StrReverse("clac")
