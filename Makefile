# All commands run on a plain Python 3.10-3.13 and fetch the rest; `make help` lists them.
RUN := @exec scripts/python.sh scripts/dev.py

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test lint unit odoo-test siblings uninstall-test prove-gate prove-locks odoo shell bench bench-rescreen storm load screenshots pot clean

help:  ## list the commands
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup:  ## fetch and make everything that demo and tests need
	$(RUN) setup

demo:  ## serve Odoo with demo data on 127.0.0.1 (DEMO_PORT=8069) until Ctrl-C
	$(RUN) demo

demo-reset:  ## remove the demo database; the next `make demo` makes it anew
	$(RUN) demo-reset

test:  ## run all checks and all tests on fresh databases (RPS_AT_ONCE=1: one after the other)
	$(RUN) test

lint:  ## run ruff, mypy and pylint-odoo
	$(RUN) lint

unit:  ## run the plain unit tests
	$(RUN) unit

odoo-test:  ## run Odoo tests on a kept database: TAGS=/restricted_party_screening:TestGate JOB=purchase
	$(RUN) odoo-test "$(JOB)" "$(TAGS)"

siblings:  ## run the gate's tests with each sibling module alone beside the addon: ONLY="purchase_mrp"
	$(RUN) siblings $(ONLY)

uninstall-test:  ## uninstall the addon for real: evidence stays, nothing else does
	$(RUN) uninstall

prove-gate:  ## take the gate apart, piece by piece, and show that its tests notice: ONLY="listed contact"
	$(RUN) python scripts/prove_gate.py $(ONLY)

prove-locks:  ## take the locks out, one by one, and show that the tests of races notice
	$(RUN) python scripts/prove_locks.py

odoo:  ## run Odoo on the demo's server: ARGS="restricted_party_screening -d demo verify"
	$(RUN) odoo $(ARGS)

shell:  ## open Odoo's shell on the demo database
	$(RUN) odoo shell -d demo

bench:  ## measure quality and speed of the matcher
	$(RUN) python bench/quality.py
	$(RUN) python bench/speed.py

bench-rescreen:  ## measure importing lists, screening and writing vendors, verifying the trail
	$(RUN) python bench/rescreen.py
	$(RUN) python bench/write_cost.py
	$(RUN) python bench/verify.py

storm:  ## many people at once while processes are killed, then look what is wrong: ARGS="--seconds 300"
	$(RUN) python bench/storm.py $(ARGS)

load:  ## 50 buyers in a database of 200,000 vendors, with and without the addon: ARGS="--partners 20000"
	$(RUN) python bench/load.py $(ARGS)

screenshots:  ## take the pictures in docs/images afresh from the demo: ONLY="orders"
	$(RUN) screenshots $(ONLY)

pot:  ## write the texts to translate, i18n/restricted_party_screening.pot, from the demo database
	$(RUN) odoo i18n export -d demo -o i18n/restricted_party_screening.pot restricted_party_screening
	@mkdir -p bridges/restricted_party_screening_stock/i18n
	$(RUN) odoo i18n export -d demo -o bridges/restricted_party_screening_stock/i18n/restricted_party_screening_stock.pot restricted_party_screening_stock

clean:  ## remove this checkout's databases, logs and stored files
	$(RUN) clean
