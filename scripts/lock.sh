#!/bin/sh
# Write the two lock files anew: every package with its hashes, no addresses (needs uv).
set -eu
cd "$(dirname "$0")/.."
compile() {
  .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
    --python-version 3.11 --extra postgres --extra official --extra install "$@"
}
compile pyproject.toml -o requirements/run.lock
compile --extra dev pyproject.toml -o requirements/dev.lock
.venv/bin/python scripts/sbom.py
! grep -n '://' requirements/run.lock requirements/dev.lock
