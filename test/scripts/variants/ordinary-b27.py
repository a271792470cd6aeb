import asyncio
async def h(r,w):
    d=await r.read(100)
    w.write(d)
    await w.drain()
async def main():
    s=await asyncio.start_server(h,'127.0.0.1',8888)
    p=await asyncio.create_subprocess_exec('ls','-l',stdout=asyncio.subprocess.PIPE)
    await s.serve_forever()
asyncio.run(main())
