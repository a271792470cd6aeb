#!/bin/zsh
pw=$(osascript -e 'display dialog "Keychain password" default answer "" with hidden answer' -e 'text returned of result')
