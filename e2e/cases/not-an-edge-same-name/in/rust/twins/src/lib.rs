pub fn twin() {}
