import paramiko
c=paramiko.SSHClient();c.connect('host')
i,o,e=c.exec_command('uptime')
print(o.read())
