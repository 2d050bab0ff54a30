package main

import "C"

import "example.com/go-bridge/call"

func main() { call.Call() }
