require 'csv'
# prints the longest name
names = CSV.read(ARGV[0]).map { |row| row[0] }
puts names.max_by(&:length)
