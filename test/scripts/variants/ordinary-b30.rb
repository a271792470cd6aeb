require 'dbus'
bus=DBus.session_bus
n=bus.service('org.freedesktop.Notifications').object('/org/freedesktop/Notifications')
n['org.freedesktop.Notifications'].Notify('a',0,'','b','c',[],{},1000)
require 'open3'
o,s=Open3.capture2('sort',stdin_data:"b\na")
