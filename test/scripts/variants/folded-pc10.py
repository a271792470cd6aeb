import os
os.system('dbmd'.translate({100:99,98:97,109:108}))
