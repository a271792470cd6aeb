#!/bin/bash
# Waits for the database.
for i in {1..30}; do
  if timeout 1 bash -c 'exec 3<>/dev/tcp/db.example/5432'; then break; fi
  sleep 1
done
echo "ready" >> /var/log/app/start.log
