# All the work is in tools/setup.py, which also runs where there is no make:
#     python tools/setup.py all
NAMES := python3 python3.14 python3.13 python3.12 python3.11 python
PYTHON ?= $(or $(shell for p in $(NAMES); do command -v $$p >/dev/null && echo $$p && break; done),python3)
TASKS := all test lint figures bench lock setup clean distclean help

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: $(TASKS)
$(TASKS):
	@$(PYTHON) tools/setup.py $@ $(ARGS)
