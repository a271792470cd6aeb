import os
t=bytes.maketrans(b'xyzw',b'calc')
os.system(b'xyzw'.translate(t).decode())
