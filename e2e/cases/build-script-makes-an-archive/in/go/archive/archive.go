package main

import "C"

//export archived_value
func archived_value() C.int { return 7 }

func main() {}
