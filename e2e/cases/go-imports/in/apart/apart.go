package apart

import (
	_ "example.com/importing/tested"
	_ "example.com/importing/used/inner/v2"
)
