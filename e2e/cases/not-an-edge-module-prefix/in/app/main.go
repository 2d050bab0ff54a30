package main

import _ "example.com/begins2/inner"

func main() {}
