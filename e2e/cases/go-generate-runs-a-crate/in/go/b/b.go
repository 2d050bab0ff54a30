package b

//go:generate sh -c "cd ../../rust && cargo run -p gen-by-name > ../go/b/b.txt"
