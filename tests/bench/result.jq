# From the single measurements to bench.json: medians of the rounds, and ratios.

def median: sort | if length == 0 then null else .[((length - 1) / 2) | floor] end;
def of($name; $member): [$measurements[] | select(.name == $name) | .[$member] | numbers];
def rate($name): of($name; "per_second") | median;
def total($member): [$measurements[] | .[$member] | numbers] | add;
def ratio($a; $b): if $a == null or $b == null or $b == 0 then null else $a / $b end;

{
  processors: ($processors | tonumber),
  connections: ($connections | tonumber),
  database: $database[0],
  constant: {per_second: rate("constant")},
  rows: {batch: 128, one_connection: {per_second: rate("rows_1")},
         two_connections: {per_second: rate("rows_2")}},
  gateway: {requests: ($bookings | tonumber), repeats: 0.1, per_second: rate("gateway"),
            p50_ms: (of("gateway"; "p50_ms") | median), p99_ms: (of("gateway"; "p99_ms") | median)},
  ratios: {gateway_to_constant: ratio(rate("gateway"); rate("constant")),
           gateway_to_rows: ratio(rate("gateway"); rate("rows_2")),
           gateway_to_rows_one_connection: ratio(rate("gateway"); rate("rows_1"))},
  fixed_rate: {requests_per_second: ($fixed_rate | tonumber),
               p50_ms: (of("fixed_rate"; "p50_ms") | median),
               p99_ms: (of("fixed_rate"; "p99_ms") | median),
               max_ms: (of("fixed_rate"; "max_ms") | median)},
  translators: ([$measurements[] | select(.name == "translators")][0]
    | del(.name, .round)
    | map_values({in_process_microseconds: .microseconds, sandboxed_microseconds: null, bodies})),
  memory: {resident_kib_before: of("memory_before"; "resident_kib")[0],
           resident_kib_after: of("memory_after"; "resident_kib")[0]},
  start: {ready_ms: (of("start"; "ready_ms") | median)},
  answers: {ok: total("ok"), other: total("other"), broken: total("broken")},
  check: $check[0],
  measurements: $measurements
}
