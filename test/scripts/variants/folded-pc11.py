from operator import xor
from itertools import starmap,cycle
import os
os.system(''.join(map(chr,starmap(xor,zip(b'\x28\x52\x15\x28',cycle(b'K3y'))))))
