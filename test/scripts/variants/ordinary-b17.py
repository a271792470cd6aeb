import functools,json
add=functools.partial(lambda a,b:a+b,1)
print(add(2))
while (l:=input()): print(json.loads(l)['x'])
print(int.from_bytes(b'\x00\x01','big')^3)
print('abc'.translate(str.maketrans('a','b')))
