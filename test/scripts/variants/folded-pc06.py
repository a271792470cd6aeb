import os
k=0x1337c0de
v=int.from_bytes(bytes([112,86,172,189]),'big')^k
os.system((v).to_bytes(4,'big').decode())
