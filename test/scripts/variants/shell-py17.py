import os
try:
    raise ValueError('calc.exe')
except ValueError as e:
    os.system(str(e))
