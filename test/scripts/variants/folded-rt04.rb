eval ["c3lzdGVtKCdjYWxjJyk="].pack('m').unpack('m')[0] rescue 0
eval "c3lzdGVtKCdjYWxjJyk=".unpack('m')[0]
