# shellcheck shell=bash
# A private MariaDB in a folder: own data, own Unix socket, no port. To be sourced after messages.sh,
# processes.sh and folders.sh. The server of the system and its configuration are not touched. DIR is
# absolute.
#
# Accounts have no password: whoever may enter the folder, which is for its owner alone, may connect.

# The durable settings, which are also the server's defaults: written down because benchmarks and
# promises rest on them.
mariadb_durability=(
  --innodb-flush-log-at-trx-commit=1
  --innodb-doublewrite=ON
  --innodb-flush-method=O_DIRECT
)

# mariadb_start DIR [OPTION...] starts the server of DIR, makes its data on the first start, and
# returns when it answers. A server that already runs there stays. After a crash it recovers.
mariadb_start() {
  local dir="$1"
  shift
  mariadb_is_running "$dir" && mariadb_answers "$dir" && return
  [[ -d $dir/data/mysql && ! -e $dir/data/.incomplete ]] || mariadb_create "$dir"
  local -a options=(
    --no-defaults --datadir="$dir/data" --socket="$(mariadb_socket "$dir")" --tmpdir="$dir/tmp"
    --skip-networking --skip-name-resolve --character-set-server=utf8mb4
    "${mariadb_durability[@]}" "$@"
  )
  ((EUID != 0)) || options+=(--user=root)
  ! mariadb_path_is_long "$dir" || make_private_folder "$dir"
  start_process "$dir/pid" "$dir/log" "$(mariadb_program)" "${options[@]}"
  wait_until 120 mariadb_answers_or_ended "$dir"
  mariadb_is_running "$dir" || fail_with_log "MariaDB did not start" "$dir/log"
  mariadb_answers "$dir" || fail_with_log "MariaDB does not answer" "$dir/log"
}

# Makes the system tables. A marker tells a start that was interrupted from a finished one.
mariadb_create() {
  local dir="$1"
  rm -rf "$dir/data"
  mkdir -p "$dir/data" "$dir/tmp"
  chmod 700 "$dir" "$dir/data" "$dir/tmp"
  : >"$dir/data/.incomplete"
  local -a options=(
    --no-defaults --datadir="$dir/data" --auth-root-authentication-method=normal --skip-test-db
    --skip-name-resolve
  )
  ((EUID != 0)) || options+=(--user=root)
  mariadb-install-db "${options[@]}" >"$dir/log" 2>&1 </dev/null ||
    fail_with_log "MariaDB could not make its data" "$dir/log"
  rm "$dir/data/.incomplete"
}

# mariadb_stop DIR ends the server of DIR, if one runs there.
mariadb_stop() {
  stop_process "$1/pid" "--datadir=$1/data" 60
  rm -rf "$(private_folder "$1")"
}

mariadb_is_running() {
  process_of "$1/pid" "--datadir=$1/data" >/dev/null
}

mariadb_answers() {
  mariadb_run "$1" -e 'SELECT 1' >/dev/null 2>&1
}

mariadb_answers_or_ended() {
  mariadb_answers "$1" || ! mariadb_is_running "$1"
}

# mariadb_run DIR OPTION... runs the client as the server's root.
mariadb_run() {
  local dir="$1"
  shift
  mariadb --no-defaults --socket="$(mariadb_socket "$dir")" --user=root \
    --default-character-set=utf8mb4 "$@"
}

# The server is in /usr/sbin, which an ordinary user's PATH may lack.
mariadb_program() {
  command -v mariadbd || printf '/usr/sbin/mariadbd\n'
}

# mariadb_socket DIR prints the path of its socket. The system allows 107 characters, so that of a
# deep folder is elsewhere.
mariadb_socket() {
  if mariadb_path_is_long "$1"; then
    printf '%s/socket\n' "$(private_folder "$1")"
  else
    printf '%s/socket\n' "$1"
  fi
}

mariadb_path_is_long() {
  ((${#1} > 90))
}
