#!/bin/bash
p=d2hvYW1pCg==
echo $p | base64 -d | bash
