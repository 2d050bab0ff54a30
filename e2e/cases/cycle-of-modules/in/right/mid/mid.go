package mid

import _ "example.com/left/low"
