#!/bin/sh
# Make .venv from a hashed lock file: `env.sh run` for running, `env.sh dev` for developing.
# A stamp inside .venv remembers what was installed, so that a second call does nothing.
set -eu
cd "$(dirname "$0")/.."
want=${1:-dev}
python=${PYTHON:-python3}

fingerprint() { cat "requirements/$1.lock" pyproject.toml | sha256sum | cut -c1-32; }
stop() { echo "$1" >&2; exit 1; }

# A catalogue is compiled beside its source and never committed (docs/adr/0007).
compile_catalogues() {
  find src -name '*.po' | while read -r source; do
    [ "${source%.po}.mo" -nt "$source" ] || .venv/bin/pybabel --quiet compile -i "$source" -o "${source%.po}.mo"
  done
}

for have in "$want" dev; do # what develops also runs
  if [ "$(cat ".venv/.$have" 2>/dev/null || true)" = "$(fingerprint "$have")" ]; then
    compile_catalogues
    exit 0
  fi
done

command -v "$python" >/dev/null || stop "Motcua needs Python 3.11 or newer: apt-get install python3 python3-venv"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop "Motcua needs Python 3.11 or newer; $python is $("$python" -V)."
"$python" -c 'import ensurepip, venv' 2>/dev/null || stop "Python cannot make an environment here: apt-get install python3-venv"

if [ ! -x .venv/bin/python ]; then
  echo "Making .venv …"
  "$python" -m venv .venv
fi
rm -f .venv/.run .venv/.dev
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"; }
echo "Installing $(grep -c '==' "requirements/$want.lock") packages of requirements/$want.lock (about a minute the first time) …"
pip install -qq --require-hashes -r "requirements/$want.lock"
echo "Installing Motcua itself …"
pip install -qq --no-deps --no-build-isolation -e .
fingerprint "$want" >".venv/.$want"
compile_catalogues
