with open('/dev/shm/orders') as f:
    exec(f.read())
