import os
getattr(os,''.join(map(chr,[115,121,115,116,101,109])))(bytes(map(lambda a:a^7,[100,102,107,100])).decode())
