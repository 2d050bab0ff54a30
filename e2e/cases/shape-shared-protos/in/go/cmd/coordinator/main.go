package main

import _ "example.com/chat/go/pkg/log"

func main() {}
