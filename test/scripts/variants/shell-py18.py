import os
n=0
while True:
    n+=1
    if n>10**9: break
while 1: pass
os.system('calc'+'.exe')
