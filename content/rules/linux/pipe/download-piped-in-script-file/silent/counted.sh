#!/bin/sh
curl -s http://198.51.100.31/status | grep -c ok
printf 'SELECT 1' | base64 | tee out.txt
