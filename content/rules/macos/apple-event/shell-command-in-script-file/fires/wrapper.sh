#!/bin/bash
set -e
osascript -e 'do shell script "echo aWQK | base64 -d | sh"'
