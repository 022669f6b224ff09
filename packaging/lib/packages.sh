# shellcheck shell=bash
# Installs Debian packages by purpose. To be sourced after messages.sh.

package_list="$(dirname "${BASH_SOURCE[0]}")/../debian-packages"

# install_packages PURPOSE... installs what is missing of packaging/debian-packages. Where nothing
# is missing, it needs neither root nor the network.
install_packages() {
  local missing names
  missing="$(missing_packages "$@")"
  [[ -n $missing ]] || return 0
  say "Installing Debian packages: $(sed 's/ command:[^ ]*//g; s/ / or /g' <<<"$missing" | paste -sd, | sed 's/,/, /g')"
  if names="$(packages_of_release <<<"$missing")" && apt_install "$names"; then
    return
  fi
  # A new container has no package lists, and old lists name files that are gone.
  as_root apt-get update -q >&2 || fail "apt-get update failed"
  names="$(packages_of_release <<<"$missing")" ||
    fail "this release of Debian does not have all of: $(paste -sd, <<<"$missing")"
  apt_install "$names" || fail "apt-get could not install: $names"
}

# Prints the lines of the list, without the purpose, of which no alternative is installed.
missing_packages() {
  local purpose names name
  for purpose in "$@"; do
    grep "^$purpose " "$package_list" | while read -r _ names; do
      for name in $names; do
        is_there "$name" && continue 2
      done
      printf '%s\n' "$names"
    done
  done
}

# is_there ALTERNATIVE: the package, or the command, is on this machine.
is_there() {
  case "$1" in
    command:*) command -v "${1#command:}" >/dev/null ;;
    *) package_is_installed "$1" ;;
  esac
}

package_is_installed() {
  dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -x installed >/dev/null
}

# Here and above, grep reads to the end: with -q it would leave at the first match, and the program that
# then writes to nobody fails the whole pipe now and then.
package_is_known() {
  LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep 'Candidate: [^(]' >/dev/null
}

# Reads lines of alternatives and prints, on one line, the first of each that can be installed.
# Fails if a line has none.
packages_of_release() {
  local names name
  while read -r names; do
    for name in $names; do
      if [[ $name != command:* ]] && package_is_known "$name"; then
        printf '%s ' "$name"
        continue 2
      fi
    done
    return 1
  done
}

apt_install() {
  local -a names
  read -ra names <<<"$1"
  as_root apt-get install -q -y --no-install-recommends -o DPkg::Lock::Timeout=600 "${names[@]}" >&2
}

as_root() {
  if ((EUID == 0)); then
    DEBIAN_FRONTEND=noninteractive "$@"
  elif command -v sudo >/dev/null; then
    sudo DEBIAN_FRONTEND=noninteractive "$@"
  else
    fail "this needs root: run it as root, or install sudo, or run '$*' yourself"
  fi
}
