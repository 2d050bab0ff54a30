package included

import _ "embed"

//go:embed table.csv
var Table string
