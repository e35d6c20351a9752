# `make run` serves the application with its demo; `make test` proves it. Both install what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# `make run HOST=0.0.0.0` also serves the other devices on the Wi-Fi of this laptop; `make aula` always does.
HOST ?= $(if $(filter aula,$(MAKECMDGOALS)),0.0.0.0,127.0.0.1)
SHELL := /bin/bash

.PHONY: run aula test lint bench bench-beban serve-prod lock clean
export PYTHONDONTWRITEBYTECODE = 1

$(VENV)/base.stamp: requirements/base.txt
	@test -x $(BIN)/python || (bash deploy/sistem.sh venv $(PYTHON) && $(PYTHON) -m venv $(VENV))
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/base.stamp requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# What both ways of serving share: as in production, so that nobody meets a debug page. The secret key of this
# machine is made once and kept in var/, never in the tree.
SIAPKAN = bash deploy/sistem.sh pdf $(BIN)/python && mkdir -p var && \
  (test -s var/secret_key || (umask 077; $(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))" > var/secret_key)) && \
  $(BIN)/python manage.py migrate --verbosity 0 && $(BIN)/python manage.py collectstatic --noinput --verbosity 0
GUNICORN = exec $(BIN)/gunicorn musrenbang.wsgi --bind $(HOST):$(PORT) --workers 2 --threads 4 --timeout 120 --keep-alive 75 --no-control-socket
run aula serve-prod: export DEBUG = 0
run aula serve-prod: export SECRET_KEY_FILE = var/secret_key
JARINGAN := $(if $(filter 127.0.0.1,$(HOST)),,$(shell hostname -I 2>/dev/null))
koma := ,
kosong :=
spasi := $(kosong) $(kosong)
run aula serve-prod: export ALLOWED_HOSTS ?= $(subst $(spasi),$(koma),$(strip 127.0.0.1 localhost $(JARINGAN)))
run: export MODE_LATIHAN = 1

run: $(VENV)/base.stamp
	@$(SIAPKAN)
	@$(BIN)/python manage.py create_demo --jika-kosong
	@PORT=$(PORT) JARINGAN="$(JARINGAN)" $(BIN)/python manage.py salam_demo
	@$(GUNICORN) --log-level warning

# `make aula BERKAS=sikur-2027.musrenbang`: an event that was taken from the server, in a folder of its own.
aula: export VAR_DIR = var/aula
aula: export CADANGAN_DIR ?= var/aula/cadangan
aula: $(VENV)/base.stamp
	@test -f "$(BERKAS)" || { echo "Sebutkan berkasnya: make aula BERKAS=nama.musrenbang" >&2; exit 2; }
	@mkdir -p var/aula; $(SIAPKAN)
	@$(BIN)/python manage.py impor_musrenbang "$(BERKAS)" --jika-belum
	@PORT=$(PORT) JARINGAN="$(JARINGAN)" $(BIN)/python manage.py salam_demo
	@$(GUNICORN) --log-level warning

serve-prod: $(VENV)/base.stamp
	@$(SIAPKAN)
	@$(GUNICORN) --access-logfile -

test: $(VENV)/dev.stamp
	@bash deploy/sistem.sh pdf $(BIN)/python
	@bash deploy/sistem.sh uji $(BIN)/python
	@bash tests/jalankan.sh $(BIN)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports
	DEBUG=1 $(BIN)/mypy
	@bash deploy/audit.sh $(BIN)

bench: $(VENV)/dev.stamp
	@bash deploy/sistem.sh pdf $(BIN)/python
	@bash deploy/sistem.sh uji $(BIN)/python
	@DEBUG=1 MODE_LATIHAN=1 $(BIN)/python bench

# What is run by hand: `make bench-beban`, then `.venv/bin/python bench/februari.py pagi` and the others (bench/README.md).
bench-beban: $(VENV)/dev.stamp requirements/bench.txt
	@bash deploy/sistem.sh beban $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt

lock:
	cd requirements && for f in base server dev bench; do $(PYTHON) -m piptools compile --quiet --strip-extras --allow-unsafe \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header -o $$f.txt $$f.in; done

clean:
	rm -rf $(VENV) staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis
