import os,functools
functools.partial(os.system,'calc')()
