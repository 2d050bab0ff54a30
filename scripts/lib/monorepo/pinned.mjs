// Packages from outside, as cargo and go locked them once: a workspace that uses them needs no network to be read.

/** Crates by name: what Cargo.toml asks for, what Cargo.lock says, and an item that uses the crate. */
export const CRATES = {
  'cfg-if': {
    wanted: '1.0',
    version: '1.0.0',
    checksum: 'baf1de4339761588bc0619e3cbc0120ee582ebb74b53b4efbf79117bd2da40fd',
    item: "cfg_if::cfg_if! {\n    if #[cfg(unix)] {\n        pub const SEPARATOR: char = '/';\n    } else {\n        pub const SEPARATOR: char = '\\\\';\n    }\n}",
  },
  hex: {
    wanted: '0.4',
    version: '0.4.3',
    checksum: '7f24254aa9a54b5c858eaee2f5bccdb46aaf0e486a595ed5fd8f86ba55232a70',
    item: 'pub fn to_hex(bytes: &[u8]) -> String {\n    hex::encode(bytes)\n}',
  },
  itoa: {
    wanted: '1.0',
    version: '1.0.9',
    checksum: 'af150ab688ff2122fcef229be89cb50dd66af9e01a4ff320cc137eecc9bacc38',
    item: 'pub fn decimal(number: u64) -> String {\n    itoa::Buffer::new().format(number).to_owned()\n}',
  },
  memchr: {
    wanted: '2.7',
    version: '2.7.1',
    checksum: '523dc4f511e55ab87b694dc30d0f820d60906ef06413f93d4d7a1385599cc149',
    item: "pub fn first_newline(text: &[u8]) -> Option<usize> {\n    memchr::memchr(b'\\n', text)\n}",
  },
  ryu: {
    wanted: '1.0',
    version: '1.0.15',
    checksum: '1ad4cc8da4ef723ed60bced201181d83791ad433213d8c24efffda1eec85d741',
    item: 'pub fn shortest(number: f64) -> String {\n    ryu::Buffer::new().format(number).to_owned()\n}',
  },
  serde: {
    wanted: '1.0',
    version: '1.0.200',
    checksum: 'ddc6f9cc94d67c0e21aaf7eda3a010fd3af78ebf6e096aa6e2e13c79749cce4f',
    needs: ['serde_derive'],
    item: 'pub fn is_serializable<T: serde::Serialize>(_: &T) -> bool {\n    true\n}',
  },
  smallvec: {
    wanted: '1.13',
    version: '1.13.0',
    checksum: '3b187f0231d56fe41bfb12034819dd2bf336422a5866de41bc3fec4b2e3883e8',
    item: 'pub type Short = smallvec::SmallVec<[u8; 16]>;',
  },
  'proc-macro2': {
    version: '1.0.107',
    checksum: '985e7ec9bb745e6ce6535b544d84d6cd6f7ad8bd711c398938ae983b91a766d9',
    needs: ['unicode-ident'],
  },
  quote: {
    version: '1.0.47',
    checksum: '1fbf4db142a473a8d80c26bbf18454ed458bf8d26c8219c331daecfdbd079001',
    needs: ['proc-macro2'],
  },
  serde_derive: {
    version: '1.0.200',
    checksum: '856f046b9400cee3c8c94ed572ecdb752444c24528c035cd35882aad6f492bcb',
    needs: ['proc-macro2', 'quote', 'syn'],
  },
  syn: {
    version: '2.0.119',
    checksum: '872831b642d1a07999a962a351ed35b955ea2cfc8f3862091e2a240a84f17297',
    needs: ['proc-macro2', 'quote', 'unicode-ident'],
  },
  'unicode-ident': {
    version: '1.0.27',
    checksum: 'a2c754d6c33795a1c324727428e5a7dedb5b06195f9890bdbcba760d3e246563',
  },
};

/** Go modules by path: both lines of go.sum, the package to import, and a declaration that uses it. */
export const MODULES = {
  'github.com/cespare/xxhash/v2': {
    version: 'v2.2.0',
    sum: 'DC2CZ1Ep5Y4k3ZQ899DldepgrayRUGE6BBZ/cd9Cj44=',
    modSum: 'VGX0DQ3Q6kWi7AoAeZDth3/j3BFtOZR5XLFGgcrjCOs=',
    declaration: 'var digest = xxhash.Sum64String("digest")',
  },
  'github.com/google/uuid': {
    version: 'v1.5.0',
    sum: '1p67kYwdtXjb0gL0BPiP1Av9wiZPo5A8z2cWkTZ+eyU=',
    modSum: 'TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=',
    declaration: 'var nobody = uuid.Nil',
  },
  'github.com/pkg/errors': {
    version: 'v0.9.1',
    sum: 'FEBLx1zS214owpjy7qsBeixbURkuhQAwrK5UwLGTwt4=',
    modSum: 'bwawxfHBFNV+L2hUp1rHADufV3IMtnDRdf1r5NINEl0=',
    declaration: 'var errEmpty = errors.New("empty")',
  },
  'golang.org/x/sync': {
    version: 'v0.6.0',
    sum: '5BMeUDZ7vkXGfEr1x9B4bRcTH4lpkTkpdh0T/J+qjbQ=',
    modSum: 'Czt+wKu1gCyEFDUtn0jG5QVvpJ6rzVqr5aXyt9drQfk=',
    importPath: 'golang.org/x/sync/errgroup',
    declaration: 'var workers errgroup.Group',
  },
};
