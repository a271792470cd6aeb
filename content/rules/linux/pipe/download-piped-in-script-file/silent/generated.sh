#!/bin/sh
make -n install | sh
