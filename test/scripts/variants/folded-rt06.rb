method(('sys'+'tem').to_sym).call('clac'.reverse)
