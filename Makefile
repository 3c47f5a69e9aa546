# The whole house in one file: `make help` lists what there is. Needs Python 3.11 or newer, git and make; the rest is
# installed into .venv from the hash-locked requirements, and for the tests by apt where that is allowed.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(firstword $(foreach name,python3.11 python3 python,$(shell command -v $(name) 2>/dev/null)))
REPORTS ?= corpus
PARTS ?=
STORE ?= sqlite:///out/solieu.sqlite
PORT ?= 8501
JOBS ?= 2

BIN := .venv/bin
SOLIEU := $(BIN)/solieu
RUNTIME := .venv/.installed-runtime
OCR := .venv/.installed-ocr
DEV := .venv/.installed-dev
BENCH := .venv/.installed-bench
COMPILE := .venv/.installed-compile
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check

.PHONY: help demo app test lint types layers models suite scores packages bench compiled lock clean

help: ## Danh sách lệnh · this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(OCR) ## Đọc các báo cáo mẫu (hoặc REPORTS=đường/dẫn) vào kho và cho xem · read the samples, or REPORTS=path
	@mkdir -p out
	@$(SOLIEU) ingest "$(REPORTS)" --store "$(STORE)"
	@printf '\nMở ứng dụng duyệt · open the review app:  make app\n'

app: $(OCR) ## Mở ứng dụng duyệt trên máy này · open the review app on loopback
	@mkdir -p out
	@$(SOLIEU) app --store "$(STORE)" --port "$(PORT)"

test: packages lint types layers models suite scores ## Mọi kiểm tra, đúng như CI chạy · everything that CI runs

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

layers: $(DEV)
	$(BIN)/lint-imports

models: $(DEV)
	$(SOLIEU) check-models

suite: $(DEV)
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

scores: $(DEV)
	$(SOLIEU) evaluate

packages:
	@.ci/packages

bench: $(BENCH) ## Đo tốc độ (hoặc PARTS="start stages") · measure speed, or only the named parts
	$(BIN)/python -m benchmarks $(PARTS)

compiled: $(COMPILE) ## Gói cài có bộ đọc là mã máy, nhanh hơn · a wheel whose reader is machine code, and its tests
	.ci/compiled $(BIN)/python

lock: ## Khóa lại phiên bản thư viện · renew the lock files
	.ci/lock "$(PYTHON)"

clean: ## Xóa .venv và mọi thứ sinh ra · remove .venv and all that was made
	rm -rf .venv out dist build .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# Stamp files: an install runs again only after its lock file has changed. The lock files are whole, so pip looks for
# nothing beside them: it would refuse them all as soon as a newer release of a library with extras is published.

.venv/pyvenv.cfg:
	@[[ -n "$(PYTHON)" ]] || { echo "Không thấy Python. Hãy cài Python 3.11 trở lên. · No Python found: install 3.11 or newer." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) cũ hơn 3.11. Hãy đặt PYTHON=… · $(PYTHON) is older than 3.11: set PYTHON=…" >&2; exit 1; }
	@echo "Dựng môi trường trong .venv (lần đầu mất vài phút) … · setting up .venv (a few minutes the first time) …" >&2
	@"$(PYTHON)" -m venv .venv

$(RUNTIME): requirements.lock pyproject.toml | .venv/pyvenv.cfg
	@$(INSTALL) --require-hashes --no-deps -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# The second reader of a scan's digits, on its own so that a server without scans need not carry it.
$(OCR): requirements-ocr.lock $(RUNTIME)
	@$(INSTALL) --require-hashes --no-deps -r requirements-ocr.lock
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@$(INSTALL) --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

$(COMPILE): requirements-compile.lock $(DEV)
	@$(INSTALL) --require-hashes --no-deps -r requirements-compile.lock
	@touch $@

$(BENCH): requirements-bench.lock $(DEV)
	@$(INSTALL) --require-hashes --no-deps --no-build-isolation -r requirements-bench.lock
	@touch $@
