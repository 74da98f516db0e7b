#!/bin/sh
# Runs a script with a Python that Odoo 19 works with.
for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.10; do
    if "$python" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
        exec "$python" "$@"
    fi
done
echo "STOP: Odoo 19 needs Python 3.10 to 3.13 and none is on PATH: install one, or set PYTHON to it." >&2
exit 1
