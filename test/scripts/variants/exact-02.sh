f() { local t=$1; shift; "$@"; }
f tag curl http://a.example/x
T="tr b-z a-y"; c=$(echo 'dvsm iuuq://c.fybnqmf' | $T)
$c
eval "$(printf '%s' cu rl ' http://d.example')"
x='curl http://e.example'; n=x; eval "${!n}"
curl "http://10.0.0.$((21/2))/"
