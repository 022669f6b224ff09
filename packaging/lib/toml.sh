# shellcheck shell=bash
# Changes single values of a TOML file as quickstart writes it: a key a line, no arrays of tables.

# toml_set FILE SECTION KEY VALUE replaces the value, or adds the key to the section, behind its last
# line. The value is TOML, with its quotes. Everything else, comments too, stays as it is.
toml_set() {
  local changed
  changed="$(awk -v section="[$2]" -v key="$3" -v value="$4" '
    function add() { if (inside && !done) { print key " = " value; done = 1 } }
    function space() { for (; blank > 0; blank--) print "" }
    inside && !done && /^$/ { blank++; next }
    /^\[/ { add(); space(); inside = ($0 == section) }
    { space() }
    inside && !done && $1 == key && $2 == "=" { print key " = " value; done = 1; next }
    { print }
    END { add(); space() }' "$1")" || return
  printf '%s\n' "$changed" >"$1"
}

# toml_get FILE SECTION KEY prints a text value without its quotes, or nothing.
toml_get() {
  awk -v section="[$2]" -v key="$3" '
    /^\[/ { inside = ($0 == section) }
    inside && $1 == key && $2 == "=" { sub(/^[^=]*= *"/, ""); sub(/" *(#.*)?$/, ""); print; exit }
  ' "$1"
}

# toml_get_list FILE SECTION KEY prints a list that stands in one line, without a comment behind it,
# or nothing.
toml_get_list() {
  awk -v section="[$2]" -v key="$3" '
    /^\[/ { inside = ($0 == section) }
    inside && $1 == key && $2 == "=" { sub(/^[^=]*= */, ""); sub(/ *(#.*)?$/, ""); print; exit }
  ' "$1"
}
