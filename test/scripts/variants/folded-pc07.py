import os
if (c:='clac'[::-1]) and c: os.system(c.replace('cal','cal'))
