import os, base64
os.system('curl http://192.0.2.{:d}:{:04d}/{!s:>3}'.format(7, 80, 'abc'))
os.system(f"curl http://{'b' + '.example'}/{10:02x}")
exec(base64.b85decode(b'X>D+Ca&#bXb31QyE^~QvbY*QQCu4PTY#?ZKbZ|N^FJ&%ecwudDY-KNaCn*'))
