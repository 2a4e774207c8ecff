# All the work is in tools/setup.py, which also runs where there is no make:
#     python tools/setup.py all
PYTHON ?= python3
TASKS := all test lint figures lock setup clean distclean help

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: $(TASKS)
$(TASKS):
	@$(PYTHON) tools/setup.py $@ $(ARGS)
