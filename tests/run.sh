#!/usr/bin/env bash
# Installs what the tests need and is missing, builds, and runs every test.
#
#   tests/run.sh                     everything
#   tests/run.sh --filter-class '*Decision*'   arguments go to the test runner
#
# Leaves the runner's output in artifacts/tests/output.txt and one .trx report a test project beside it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Summaries are read by programs: in English wherever this runs.
export DOTNET_CLI_UI_LANGUAGE=en LC_ALL=C.UTF-8

# Command → Debian package. What is there already is left alone.
declare -A needed=(
  [/usr/lib/postgresql/*/bin/postgres]=postgresql
  [/usr/sbin/mariadbd]=mariadb-server
  [/usr/bin/openssl]=openssl
  [/usr/bin/curl]=curl
  [/usr/bin/jq]=jq
  [/usr/bin/python3]=python3
  [/usr/bin/strace]=strace
  [/usr/bin/node]=nodejs
  [/usr/bin/npm]=npm
)

# In continuous integration whole suites would be skipped unseen, so there it fails the run.
not_installed() {
  echo "Could not install: ${missing[*]}. The tests that need them are skipped and say so." >&2
  if [[ ${CI:-} == true ]]; then exit 1; fi
}

missing=()
for path in "${!needed[@]}"; do
  compgen -G "$path" >/dev/null || missing+=("${needed[$path]}")
done

if ((${#missing[@]})); then
  if command -v apt-get >/dev/null; then
    as_root=()
    ((EUID == 0)) || as_root=(sudo -n)
    echo "Installing: ${missing[*]}"
    # A package's own service is not wanted: the tests start private instances in temporary folders.
    { "${as_root[@]}" apt-get update -qq &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; } ||
      not_installed
  else
    not_installed
  fi
fi

# Cedar, which the decision function is compared with.
if command -v npm >/dev/null && [[ tests/cedar/package-lock.json -nt tests/cedar/node_modules/.package-lock.json ]]; then
  missing=("the packages of tests/cedar")
  npm ci --prefix tests/cedar --no-audit --no-fund --loglevel error || not_installed
fi

dotnet build DataExchange.sln --configuration Release --nologo --verbosity quiet

results=artifacts/tests
rm -rf "$results"
mkdir -p "$results"

# A filter leaves projects without a match (exit code 8), which is no fault; without a filter it is.
ignored=()
for argument in "$@"; do
  if [[ $argument == --filter* ]]; then ignored=(--ignore-exit-code 8); fi
done

# One test project at a time: several start whole gateways and databases, and their time limits assume a machine of their own.
set +e
timeout -k 30 50m dotnet test --solution DataExchange.sln --configuration Release --no-build --max-parallel-test-modules 1 \
  --progress off --report-xunit-trx --results-directory "$PWD/$results" "${ignored[@]}" "$@" 2>&1 | tee "$results/output.txt"
exit "${PIPESTATUS[0]}"
