# `sh fingerprint.sh go|rust [folder]` prints what fingerprint.js prints, to the letter; fingerprint.spec.ts holds them
# together. Nx starts a runtime input on every processor, and again for each round of hashing: Node would take longer to
# start than all the tools that are asked take to answer.
set -fu
newline='
'
package=${0%/*}/../..

instead_by_node() {
  exec node "$package/dist/packages/cli/fingerprint.js" "$@"
}

# What a program prints, or why it does not.
ask() {
  if [ -z "$folder" ]; then
    echo "$1: the folder is missing"
  elif ! command -v "$1" >/dev/null; then
    echo "$1: the program is missing"
  elif answer=$("$@" 2>/dev/null); then
    printf '%s\n' "$answer"
    return 0
  else
    echo "$1: failed"
  fi
  return 1
}

# Its usual name and how it is called here, with arguments.
compiler_version() {
  usual=$1
  # shellcheck disable=SC2086
  set -- $2
  [ $# -gt 0 ] || set -- "$usual"
  answer=$(ask "$@" --version)
  printf '%s %s\n' "$usual" "${answer%%"$newline"*}"
}

go_facts() {
  if answered=$(ask go env CC CXX \
    GOVERSION GOOS GOARCH GOFLAGS GOEXPERIMENT GOFIPS140 GO111MODULE CGO_ENABLED \
    AR FC PKG_CONFIG CGO_CFLAGS CGO_CPPFLAGS CGO_CXXFLAGS CGO_FFLAGS CGO_LDFLAGS \
    GOAMD64 GOARM GOARM64 GO386 GOMIPS GOMIPS64 GOPPC64 GORISCV64 GOWASM); then
    cc=${answered%%"$newline"*}
    others=$answered$newline
    others=${others#*"$newline"}
    cxx=${others%%"$newline"*}
  else
    cc='' cxx=''
  fi
  printf '%s\n' "$answered"
  compiler_version cc "$cc"
  compiler_version c++ "$cxx"
}

rust_facts() {
  ask rustc -vV
  ask cargo --version
  compiler_version cc cc
  [ "${CC:-cc}" = cc ] || compiler_version cc "$CC"
  [ -z "$folder" ] || cargo_configuration
}

cargo_configuration() {
  home=${CARGO_HOME:-${HOME-}/.cargo}
  above=${folder%/}
  while :; do
    [ "$home" != "$above/.cargo" ] || home=''
    configuration_in "$above/.cargo"
    [ -n "$above" ] || break
    above=${above%/*}
  done
  [ -z "$home" ] || configuration_in "$home"
}

configuration_in() {
  for name in config config.toml; do
    if [ -f "$1/$name" ]; then
      printf 'config %s\n' "$(cat "$1/$name")"
      return
    fi
  done
}

environment() {
  LC_ALL=C awk -v language="$1" 'BEGIN {
    counts = "^(SOURCE_DATE_EPOCH$|PKG_CONFIG)"
    if (language == "rust") {
      counts = counts "|^(RUSTFLAGS|RUSTC|RUSTC_WORKSPACE_WRAPPER|RUSTC_BOOTSTRAP|RUSTUP_TOOLCHAIN|CARGO_INCREMENTAL)$"
      counts = counts "|^(CARGO_(BUILD|PROFILE|TARGET|ENCODED|UNSTABLE|FEATURE|CFG)_|CRATE_CC_)"
      counts = counts "|^(HOST_|TARGET_)?(CC|CXX|AR|CFLAGS|CXXFLAGS|LDFLAGS)(_.+)?$"
    }
    for (name in ENVIRON) {
      if (name !~ counts || name ~ /^CARGO_(BUILD_JOBS|BUILD_TARGET_DIR|TARGET_DIR)$/) continue
      value = ENVIRON[name]
      gsub(/\n/, "\036", value)
      print name "=" value
    }
  }' | LC_ALL=C sort
}

for tool in awk cat sed sort uname; do
  command -v $tool >/dev/null || instead_by_node "$@"
done
case ${1-} in
  go | rust) ;;
  *) instead_by_node "$@" ;;
esac
sed -n 's/^  "version": "\(.*\)",$/nx-grout \1/p' "$package/package.json"
folder=$(cd "${2-.}" 2>/dev/null && pwd -P) && cd "$folder"
"$1_facts"
printf 'host %s %s\n' "$(uname -sm)" "$(getconf GNU_LIBC_VERSION 2>/dev/null || echo 'glibc none')"
environment "$1"
