Kernel.send('metsys'.to_s.reverse, 'calc')
