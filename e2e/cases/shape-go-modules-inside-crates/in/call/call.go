package call

// Call crosses the boundary.
func Call() {}
