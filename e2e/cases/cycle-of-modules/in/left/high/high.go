package high

import _ "example.com/right/mid"
