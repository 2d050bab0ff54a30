// The Go half of grout's runtime. When a workspace is set up, this folder is copied into it as it is; only the module
// path below becomes the one of the workspace's runtime module. The package is called grout everywhere.
module grout.invalid/grout

go 1.26
