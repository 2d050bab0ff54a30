package main

import _ "example.com/importing/tested"
