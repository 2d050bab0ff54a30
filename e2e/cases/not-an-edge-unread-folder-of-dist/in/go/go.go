package main

import "C"

//export unreadable_value
func unreadable_value() C.int { return 1 }

func main() {}
