#!/bin/sh
curl -s https://files.studio.example/list.txt -o list.txt
