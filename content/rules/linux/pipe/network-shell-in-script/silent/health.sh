#!/bin/bash
# is the port open?
if timeout 2 bash -c "exec 3<>/dev/tcp/db.example/5432"; then echo up; fi
