# shellcheck shell=bash
# A gateway with a database of its own, whose orgs set signing keys. To be sourced by run.
# shellcheck disable=SC2317,SC2154  # The functions are called by check; run sets program and work.

readonly key='calendly signing key of the tests'
readonly other_key='the key after the next rotation'
body='{"event":"routing_form_submission.created","payload":{}}'

check_gateway() {
  start_all
  check 'without a signing key, a signature is no proof' answers 401 signed "$key" calendly
  check 'a signing key is set, and only its end is shown' sets_key
  check 'the gateway takes it over by itself' until_answers 200 signed "$key" calendly
  check 'the answer to a wrong signature tells nothing' refuses_alike
  check 'so is a signature of yesterday refused' answers 401 signed "$key" calendly "$(($(date +%s) - 86400))"
  check 'a wrong signature is refused beside the right secret' answers 401 with_secret signed nonsense calendly
  check 'the right secret alone suffices' answers 200 with_secret unsigned calendly
  check 'until signatures are required' requires_signatures
  check 'and again when they are not' allows_unsigned
  check 'a rotated key is valid in its grace' rotates_with_grace
  check 'and not without one' rotates_at_once
  check 'Square signs the URL with its query' square_signs_url
  check 'senders to generic sign as Standard Webhooks says' generic_signs
  check 'nothing but sealed values is in the database' values_are_sealed
  check 'a sealed key does not open in the row of another org' moved_row_stays_closed
  check 'a cleared key is no key any more' clears_key
  check 'what cannot be a value is refused' refuses_values
  check 'no key and no credential is in the log' log_tells_nothing
}

# --- the servers

start_all() {
  port="$(free_port)" ops_port="$(free_port)"
  public_url='https://hooks.example.com/book'
  mariadb_start "$work/mariadb"
  mariadb_run "$work/mariadb" -e 'CREATE DATABASE bookgate'
  head -c 32 /dev/urandom >"$work/master.key"
  chmod 600 "$work/master.key"
  print_config >"$work/bookgate.toml"
  chmod 600 "$work/bookgate.toml"
  bookgate migrate >/dev/null
  org="$(new_org)" other_org="$(new_org)"
  secret="$(bookgate secret generate "$org" --json | jq -er .secret)"
  gateway_start "$work" "$program" "$work/bookgate.toml"
  gateway_wait_ready "$work" "$ops_port"
}

print_config() {
  cat <<TOML
[server]
listen = "127.0.0.1:$port"
ops_listen = "127.0.0.1:$ops_port"
public_url = "$public_url"

[database]
url = "mysql://root@/bookgate?socket=$(mariadb_socket "$work/mariadb")"

[security]
master_key_file = "$work/master.key"

[spool]
path = "$work/spool.sqlite3"

[limits]
auth_failures_per_minute = 100000

[log]
level = "debug"

[plugins]
directory = "$project/build/$preset/plugins"
default_isolation = "in-process"
TOML
  printf '\n[plugins.%s]\nenabled = true\n' calcom generic
  printf '\n[plugins.%s]\nenabled = true\nlookup_hosts = ["%s"]\n' \
    calendly api.calendly.com square connect.squareup.com
}

bookgate() {
  "$program" --config "$work/bookgate.toml" "$@"
}

new_org() {
  bookgate org create --name Signer --json | jq -er .org
}

query() {
  mariadb_run "$work/mariadb" -N -B bookgate -e "$1"
}

# --- requests; each prints the status

# post PATH CURL_OPTION... sends $body to the org.
post() {
  local path="$1"
  shift
  curl --noproxy '*' -sS -m 20 -o "$work/answer" -w '%{http_code}' -H 'Content-Type: application/json' \
    --data-binary "$body" "$@" "http://127.0.0.1:$port/api/webhooks/appointment/${to:-$org}$path"
}

hmac_hex() {
  openssl dgst -sha256 -mac HMAC -macopt "key:$1" | sed 's/.* //'
}

# signed KEY PROVIDER [TIME] as Calendly does.
signed() {
  local time="${3:-$(date +%s)}"
  post "/$2" -H "Calendly-Webhook-Signature: t=$time,v1=$(printf '%s.%s' "$time" "$body" | hmac_hex "$1")" \
    "${extra[@]}"
}

unsigned() {
  post "/$1" "${extra[@]}"
}

extra=()

# with_secret REQUEST...
with_secret() {
  local -a extra=(-H "Authorization: Bearer $secret")
  "$@"
}

# answers STATUS REQUEST...
answers() {
  local expected="$1"
  shift
  equal "$expected" "$("$@")"
}

# until_answers STATUS REQUEST...: the gateway looks for changes twice a second.
until_answers() {
  local deadline=$((SECONDS + 20))
  until answers "$@" >/dev/null; do
    ((SECONDS < deadline)) || answers "$@" || return 1
    sleep 0.05
  done
}

# --- checks

# key_set PROVIDER KEY OPTION... sets a signing key of the org.
key_set() {
  local provider="$1" value="$2"
  shift 2
  printf '%s\n' "$value" | bookgate signing-key set "$org" "$provider" "$@"
}

sets_key() {
  local shown
  shown="$(key_set calendly "$key" --json)"
  equal '{"hint":"ests","previous":null,"provider":"calendly","required":false,"set":true}' \
    "$(jq -cS 'del(.org, .set_at)' <<<"$shown")" &&
    equal "$shown" "$(bookgate signing-key show "$org" calendly --json)" &&
    [[ "$(bookgate signing-key show "$org" calendly)" != *"$key"* ]]
}

refuses_alike() {
  answers 401 signed 'another key' calendly && cp "$work/answer" "$work/wrong" &&
    answers 401 unsigned calendly && cmp "$work/answer" "$work/wrong" &&
    answers 401 signed "$key" calendly 1 && cmp "$work/answer" "$work/wrong"
}

requires_signatures() {
  bookgate signing-key require "$org" calendly --json | jq -e .required >/dev/null &&
    until_answers 401 with_secret unsigned calendly && answers 200 signed "$key" calendly &&
    answers 200 with_secret signed "$key" calendly && answers 200 other_provider_is_free
}

# The requirement is about one provider only.
other_provider_is_free() {
  local body='{"triggerEvent":"PING"}'
  with_secret unsigned calcom
}

allows_unsigned() {
  bookgate signing-key allow-unsigned "$org" calendly >/dev/null &&
    until_answers 200 with_secret unsigned calendly
}

rotates_with_grace() {
  key_set calendly "$other_key" --grace 1h --json | jq -e .previous.expires_at >/dev/null &&
    until_answers 200 signed "$other_key" calendly && answers 200 signed "$key" calendly
}

rotates_at_once() {
  key_set calendly "$other_key" >/dev/null && until_answers 401 signed "$key" calendly &&
    answers 200 signed "$other_key" calendly
}

square_signs_url() {
  key_set square 'square signature key' >/dev/null && until_answers 200 square_signed '/square' &&
    answers 200 square_signed "/square?token=$secret" && answers 401 square_signed "/square?token=$secret" '&x'
}

# square_signed PATH [MORE]: signs PATH and sends PATH with MORE behind it.
square_signed() {
  local body='{"merchant_id":"M","type":"webhooks.test_notification"}' signature
  signature="$(printf '%s' "$public_url/api/webhooks/appointment/$org$1" "$body" |
    openssl dgst -sha256 -mac HMAC -macopt 'key:square signature key' -binary | openssl base64 -A)"
  post "$1${2:-}" -H "X-Square-HmacSha256-Signature: $signature"
}

generic_signs() {
  key_set generic whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw >/dev/null &&
    until_answers 200 standard_signed webhook 1 && answers 200 standard_signed svix 2 &&
    answers 401 standard_signed webhook 3 ' '
}

# standard_signed BRAND ID [MORE]: sends the body with MORE behind it.
standard_signed() {
  local body="{\"customer_email\":\"a@example.com\",\"external_id\":\"$2\"}" time signature
  time="$(date +%s)"
  signature="$(printf '%s.%s.%s' "$2" "$time" "$body" | openssl dgst -sha256 -mac HMAC -macopt \
    "hexkey:$(openssl base64 -d -A <<<MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | od -An -v -tx1 | tr -d ' \n')" \
    -binary | openssl base64 -A)"
  body+="${3:-}"
  post '' -H "$1-id: $2" -H "$1-timestamp: $time" -H "$1-signature: v1,$signature"
}

values_are_sealed() {
  printf 'an api token of the tests' | bookgate credential set "$org" calendly --json |
    jq -e '.set and .hint == "ests" and (has("required") | not)' >/dev/null &&
    equal 4 "$(query "SELECT COUNT(*) FROM provider_secrets")" &&
    equal 0 "$(query "SELECT COUNT(*) FROM provider_secrets WHERE INSTR(Sealed, 'key')
      OR INSTR(Sealed, 'token') OR INSTR(Sealed, 'MfKQ')")" &&
    bookgate credential clear "$org" calendly --json | jq -e '.set == false' >/dev/null &&
    fails 1 'no credential of calendly' bookgate credential clear "$org" calendly
}

moved_row_stays_closed() {
  query "INSERT INTO provider_secrets (OrgID, Provider, Kind, Sealed, Hint, CreatedAt)
    SELECT (SELECT OrgID FROM orgs WHERE PublicID = '$other_org'), Provider, Kind, Sealed, Hint, CreatedAt
    FROM provider_secrets WHERE Provider = 'calendly' AND Kind = 'signing_key'"
  bookgate signing-key require "$other_org" calendly >/dev/null
  local to="$other_org"
  # Without any key the org would not be there at all.
  until_answers 401 unsigned calendly && answers 401 signed "$other_key" calendly &&
    grep signing_key_unusable "$work/bookgate.log" >/dev/null
}

clears_key() {
  bookgate signing-key clear "$org" calendly --json | jq -e '.set == false' >/dev/null &&
    until_answers 401 signed "$other_key" calendly &&
    answers 200 with_secret signed nonsense calendly &&
    fails 1 'no signing key of calendly' bookgate signing-key require "$org" calendly
}

refuses_values() {
  fails 2 'nothing' bookgate signing-key set "$org" calendly </dev/null &&
    fails 2 'one line' bookgate signing-key set "$org" calendly <<<$'two\nlines' &&
    fails 2 'at most 4096 bytes' bookgate credential set "$org" calendly < <(printf '%05000d' 0) &&
    fails 2 'base64' bookgate signing-key set "$org" generic <<<whsec_ &&
    fails 2 'no plugin "calendar"' bookgate signing-key set "$org" calendar <<<x &&
    fails 2 'no plugin "calendar"' bookgate credential set "$org" calendar <<<x &&
    fails 2 '0s to 7d' bookgate signing-key set "$org" calendly --grace 8d <<<x &&
    fails 1 'no org' bookgate signing-key set nobody calendly <<<x
}

log_tells_nothing() {
  ! grep -E 'signing key of the tests|next rotation|square signature key|MfKQ|api token of|bgs_|v1=' \
    "$work/bookgate.log"
}
