# shellcheck shell=bash
# Builds Bookgate. To be sourced after messages.sh.

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"

# build_is_configured PRESET: the build folder is there, and was made for this checkout: one that was
# copied along with it builds somewhere else.
build_is_configured() {
  local folder="$project/build/$1"
  [[ -e $folder/build.ninja ]] &&
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$project" "$folder/CMakeCache.txt"
}

# configure_build PRESET [CMAKE_OPTION...]
configure_build() {
  local fresh=()
  build_is_configured "$1" || fresh=(--fresh)
  (cd "$project" && umask 022 && cmake "${fresh[@]}" --preset "$@") >&2
}

# run_build PRESET [TARGET...] builds the targets, or everything. Files come out writable by their
# owner alone: the gateway refuses a plugin that others could replace.
run_build() {
  local folder="$project/build/$1"
  shift
  (umask 022 && exec cmake --build "$folder" ${1+--target "$@"}) >&2
}

# lock_build PRESET waits until no other script builds in that folder, and keeps the others out until
# unlock_build or the script's end.
lock_build() {
  local folder="$project/build/$1"
  (umask 022 && mkdir -p "$folder") || fail "cannot make $folder"
  [[ -w $folder ]] || fail "cannot write to $folder: another user has built there"
  exec {build_lock}>"$folder/.lock"
  flock -n "$build_lock" || say "Waiting for another build in build/$1"
  flock "$build_lock"
}

unlock_build() {
  exec {build_lock}>&-
}
