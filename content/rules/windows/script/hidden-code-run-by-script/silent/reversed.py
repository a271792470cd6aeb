import subprocess
names = ['a', 'b'][::-1]
print(''.join(names))
subprocess.run(['ls', '-l'])
