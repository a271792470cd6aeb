#!/usr/bin/osascript -l JavaScript
ObjC.import('Cocoa')
const field = $.NSSecureTextField.alloc.initWithFrame($.NSMakeRect(0, 0, 200, 24))
