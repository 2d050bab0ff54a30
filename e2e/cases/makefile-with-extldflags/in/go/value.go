package main

/*
int ruled_value(void);
*/
import "C"

func Value() int { return int(C.ruled_value()) }

func main() { println(Value()) }
