package main

import "C"

//export piecework_value
func piecework_value() C.int { return 1 }

func main() {}
