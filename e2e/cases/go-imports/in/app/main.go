package main

import (
	"fmt"

	other "example.com/importing/used/inner/v2"
)

func main() { fmt.Println(other.Name) }
