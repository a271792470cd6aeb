system(['63616c63'].pack('H*'))
