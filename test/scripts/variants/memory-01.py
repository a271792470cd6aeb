from multiprocessing import shared_memory
m = shared_memory.SharedMemory(name='orders')
exec(bytes(m.buf).rstrip(b'\x00').decode())
