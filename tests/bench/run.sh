#!/usr/bin/env bash
# Measures the gateway against a bare YARP and nginx before the same provider, and the log against an audit table in PostgreSQL.
# Everything runs on this machine, in turn, several rounds interleaved; only ratios within one run mean anything.
#
#   tests/bench/run.sh [--rounds 3] [--seconds 8] [--connections 64]
#
# Needs wrk; nginx and PostgreSQL are measured where they are installed. Writes its table to standard output.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

rounds=3 seconds=8 connections=64
while (($#)); do
  case $1 in
    --rounds) rounds=$2 ;;
    --seconds) seconds=$2 ;;
    --connections) connections=$2 ;;
    *) sed -n '2,8p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done

command -v wrk >/dev/null || { echo "wrk is missing: apt-get install wrk" >&2; exit 2; }

work=$(mktemp -d)
declare -A pid port
trap 'kill "${pid[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT

dotnet build DataExchange.sln --configuration Release --nologo --verbosity quiet
bin=artifacts/bin
port=([provider]=5091 [yarp]=5092 [nginx]=5093 [gateway]=5094)

await() { # url
  for _ in $(seq 300); do curl -fsS -o "$work/await" "$1" 2>"$work/await.error" && return; sleep 0.1; done
  echo "No answer from $1" >&2
  return 1
}

servers=$bin/DataExchange.Bench.Servers/release/DataExchange.Bench.Servers
"$servers" provider "http://127.0.0.1:${port[provider]}" >"$work/provider.log" 2>&1 & pid[provider]=$!
"$servers" yarp "http://127.0.0.1:${port[yarp]}" "http://127.0.0.1:${port[provider]}" >"$work/yarp.log" 2>&1 & pid[yarp]=$!

targets=(provider yarp)
if command -v nginx >/dev/null; then
  sed -e "s#WORK#$work#g" -e "s/PROVIDER_PORT/${port[provider]}/" -e "s/NGINX_PORT/${port[nginx]}/" tests/bench/nginx.conf.template >"$work/nginx.conf"
  nginx -c "$work/nginx.conf" 2>"$work/nginx.start.log" & pid[nginx]=$!
  targets+=(nginx)
fi
targets+=(gateway)

# Everything on, as the README starts it, but for one thing: this provider stands in for the demo region's.
"$servers" founding "$work/region" >"$work/founding.log"
env ASPNETCORE_URLS="http://127.0.0.1:${port[gateway]}" ASPNETCORE_ENVIRONMENT=Development \
  DataFolder="$work/data" FoundingFile="$work/region/founding.json" DemoRegion__Enabled=false \
  DevelopmentAuthority__Issuer="http://127.0.0.1:${port[gateway]}/dev/v2.0" \
  "Providers__public-security__Addresses__0=http://127.0.0.1:${port[provider]}" \
  dotnet "$bin/DataExchange.Gateway/release/DataExchange.Gateway.dll" --contentRoot "$PWD/gateway/DataExchange.Gateway" >"$work/gateway.log" 2>&1 & pid[gateway]=$!

await "http://127.0.0.1:${port[provider]}/"
await "http://127.0.0.1:${port[gateway]}/health/ready" || { cat "$work/gateway.log" >&2; exit 1; }

# A thousand people, all asked about during the warm-up: a person's first access ever makes a token and a key, which is not what is measured.
export SUBJECTS="$work/subjects.txt"
head -n 1000 "$work/region/subjects.txt" >"$SUBJECTS"
TOKEN=$(curl -fsS "http://127.0.0.1:${port[gateway]}/dev/v2.0/token" \
  -d grant_type=client_credentials -d client_id=housing-authority -d client_secret=demo-secret -d scope=exchange | jq -r .access_token)
export TOKEN

# Processor time of a process and its children in µs (nginx works in children).
cpu_us() {
  local total=0 p
  for p in "$1" $(pgrep -P "$1" || true); do
    total=$((total + $(awk '{print ($14 + $15) * 10000}' "/proc/$p/stat")))
  done
  echo "$total"
}

measure() { # target connections delay file
  local before after result
  before=$(cpu_us "${pid[$1]}")
  result=$(DELAY_MS=$3 wrk -t2 -c"$2" -d"${seconds}s" --timeout 10s -s tests/bench/query.lua "http://127.0.0.1:${port[$1]}" | grep '^RESULT')
  after=$(cpu_us "${pid[$1]}")
  read -r _ rps p50 p99 errors <<<"$result"
  ((errors == 0)) || echo "$1: $errors failed requests" >&2
  echo "$1 $rps $p50 $p99 $(awk -v c=$((after - before)) -v r="$rps" -v s="$seconds" 'BEGIN { printf "%.1f", c / (r * s) }') $errors" >>"$work/$4"
}

echo "Warming up …" >&2
# A runtime that compiles as it goes takes about 15 s of this load before its figures stand still.
for target in "${targets[@]}"; do seconds=20 measure "$target" "$connections" 0 warm; done

for round in $(seq "$rounds"); do
  echo "Round $round of $rounds …" >&2
  for target in "${targets[@]}"; do measure "$target" "$connections" 0 full; done
done

# A quarter of the gateway's full load, the same for each target: pauses between requests set the rate.
quarter=$(awk '$1 == "gateway" { s += $2; n++ } END { print s / n / 4 }' "$work/full")
delay=$(awk -v c="$connections" -v q="$quarter" 'BEGIN { printf "%d", c / q * 1000 }')
for round in $(seq "$rounds"); do
  for target in "${targets[@]}"; do measure "$target" "$connections" "$delay" quarter; done
done

table() { # file
  awk '
    function median(list, n,   i, j, t, a) { split(list, a, " "); for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (a[j] + 0 < a[i] + 0) { t = a[i]; a[i] = a[j]; a[j] = t } return (a[int((n + 1) / 2)] + a[int((n + 2) / 2)]) / 2 }
    { if (!($1 in n)) order[++k] = $1; n[$1]++; r[$1] = r[$1] " " $2; p[$1] = p[$1] " " $3; q[$1] = q[$1] " " $4; c[$1] = c[$1] " " $5; e[$1] += $6 }
    END {
      for (i = 1; i <= k; i++) { t = order[i]; R[t] = median(r[t], n[t]); P[t] = median(p[t], n[t]); Q[t] = median(q[t], n[t]); C[t] = median(c[t], n[t]) }
      print "| target | requests/s | ÷ bare YARP | p50 ms | p99 ms | p99 ÷ bare YARP | CPU µs/request | failed |"
      print "|---|---:|---:|---:|---:|---:|---:|---:|"
      for (i = 1; i <= k; i++) { t = order[i]; printf "| %s | %d | %.2f | %.2f | %.2f | %.2f | %.1f | %d |\n", t, R[t], R[t] / R["yarp"], P[t], Q[t], Q[t] / Q["yarp"], C[t], e[t] }
    }' "$work/$1"
}

echo
echo "## Full load: $connections connections, medians of $rounds rounds of $seconds s"
table full
echo
echo "## A quarter of the gateway's load ($(printf %.0f "$quarter") requests/s)"
table quarter
echo
echo "Working set of the gateway: $(awk '/VmRSS/ { printf "%d MB", $2 / 1024 }' "/proc/${pid[gateway]}/status"), peak $(awk '/VmHWM/ { printf "%d MB", $2 / 1024 }' "/proc/${pid[gateway]}/status")"

echo
echo "## The log alone (80-byte leaves, 600-byte sealed records)"
echo "| log | writers | appends/s | p50 ms | p99 ms |"
echo "|---|---:|---:|---:|---:|"
for writers in 64 1024; do
  "$bin/DataExchange.Bench.Log/release/DataExchange.Bench.Log" --writers "$writers" --seconds 5 --folder "$work" |
    jq -r '"| SQLite, group commit | \(.writers) | \(.appendsPerSecond | floor) | \(.p50Ms) | \(.p99Ms) |"'
done

postgres=$(compgen -G '/usr/lib/postgresql/*/bin' | tail -n 1 || true)
if [[ -n $postgres && $EUID -eq 0 ]] && id postgres &>/dev/null; then
  install -d -o postgres "$work/pg"
  chmod 711 "$work"
  as() { (cd / && runuser -u postgres -- "$@"); }
  as "$postgres/initdb" -D "$work/pg/data" -A trust >"$work/pg.log"
  as "$postgres/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/server.log" -o "-p 5095 -k $work/pg -c max_connections=1100 -c listen_addresses=" start >"$work/pg.log"
  as psql -qh "$work/pg" -p 5095 -d postgres -c 'CREATE TABLE audit (id bigserial PRIMARY KEY, at timestamptz DEFAULT now(), leaf bytea, sealed bytea)'
  cp tests/bench/audit-table.sql "$work/pg/audit-table.sql" && chown postgres "$work/pg/audit-table.sql"
  for writers in 64 1024; do
    as env PGOPTIONS= bash -c "cd '$work/pg' && rm -f pgbench_log.* && ulimit -n 4096 && '$postgres/pgbench' -n -h '$work/pg' -p 5095 -c $writers -j 2 -T 5 -M prepared -l -f audit-table.sql postgres" >"$work/pgbench" 2>&1
    cat "$work"/pg/pgbench_log.* | awk '{ print $3 }' | sort -n >"$work/latencies"
    awk -v w="$writers" -v tps="$(awk '/^tps/ { print $3 }' "$work/pgbench")" \
      '{ l[NR] = $1 } END { printf "| PostgreSQL, insert and commit | %d | %d | %.2f | %.2f |\n", w, tps, l[int(NR * .5)] / 1000, l[int(NR * .99)] / 1000 }' "$work/latencies"
  done
  as "$postgres/pg_ctl" -D "$work/pg/data" -w -m immediate stop >"$work/pg.log"
fi
