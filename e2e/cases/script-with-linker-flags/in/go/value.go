package main

/*
int scripted_value(void);
*/
import "C"

func Value() int { return int(C.scripted_value()) }

func main() { println(Value()) }
