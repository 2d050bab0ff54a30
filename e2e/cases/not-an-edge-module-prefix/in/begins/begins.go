package begins
