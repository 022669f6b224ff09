# shellcheck shell=bash
# Folders that nobody else can write to. To be sourced after messages.sh.

# folder_is_trusted FOLDER: every folder on the way belongs to root or to us, and others cannot
# rename in it. At least as strict as the gateway is about where it loads plugins from.
folder_is_trusted() {
  local folder owner mode
  folder="$(realpath -e "$1")" || return
  while :; do
    read -r owner mode < <(stat -c '%u %a' "$folder")
    ((owner == 0 || owner == EUID)) || return
    ((8#$mode & 8#1000)) || ! ((8#$mode & 8#0022)) || return
    [[ $folder != / ]] || return 0
    folder="$(dirname "$folder")"
  done
}

# private_folder NAME prints a short path outside of the checkout, the same one for the same name.
private_folder() {
  local hash parent=/tmp
  hash="$(sha256sum <<<"$1")"
  if [[ -n ${XDG_RUNTIME_DIR:-} && -O $XDG_RUNTIME_DIR ]]; then
    parent="$XDG_RUNTIME_DIR"
  fi
  printf '%s/bookgate-%s-%s\n' "$parent" "$EUID" "${hash:0:12}"
}

# make_private_folder NAME makes it, for us alone. In /tmp anybody may have made one of that name
# before: it has to be ours.
make_private_folder() {
  local folder
  folder="$(private_folder "$1")"
  [[ -d $folder ]] || mkdir -m 700 "$folder" || fail "cannot make the folder $folder"
  [[ -O $folder && ! -L $folder ]] || fail "$folder belongs to somebody else"
  chmod 700 "$folder"
}
