# `make run` serves the application with its demo; `make test` proves it. Both install what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# `make run HOST=0.0.0.0` also serves the other devices on the Wi-Fi of this laptop; `make aula` always does.
HOST ?= $(if $(filter aula,$(MAKECMDGOALS)),0.0.0.0,127.0.0.1)
# csh and conda export a HOST of their own, a name: that says nothing about us.
ifeq ($(origin HOST)$(findstring .,$(HOST)),environment)
  HOST := $(if $(filter aula,$(MAKECMDGOALS)),0.0.0.0,127.0.0.1)
endif
SHELL := /bin/bash
# In a hall HTTPS=1 adds a second address, encrypted, for the team's own devices; guests stay on plain http, and so the
# application is set up as for plain http.
HTTPS_PORT ?= 8443
ifneq ($(filter aula,$(MAKECMDGOALS)),)
  AMAN := $(filter 1,$(HTTPS))
  override HTTPS := 0
  export HTTPS
endif

.PHONY: periksa run aula test quick hari fmt lint bench bench-beban serve-prod lock clean
export PYTHONDONTWRITEBYTECODE = 1

# Each recipe first makes sure of the Python environment and of the system packages that it needs.
PASANG = @bash deploy/pasang.sh $(PYTHON)
# Both ways of serving run as in production, so that nobody meets a debug page.
SIAPKAN = @bash deploy/siapkan.sh $(BIN)/python $(HOST) $(PORT)
GUNICORN = @exec $(BIN)/gunicorn musrenbang.wsgi --bind $(HOST):$(PORT) --workers 2 --threads 4 --timeout 120 --keep-alive 75 --no-control-socket
GUNICORN_AMAN = @exec bash deploy/aula.sh $(BIN) $(HOST) $(PORT) $(HTTPS_PORT) musrenbang.wsgi --threads 4 --timeout 120 --keep-alive 75 \
  --no-control-socket --log-level warning
run aula serve-prod: export DEBUG = 0
# A laptop has no certificate: plain http, said aloud, as a server without DEBUG serves https alone.
run aula serve-prod: export HTTPS ?= 0
run aula serve-prod: export SECRET_KEY_FILE = var/secret_key
# ALAMAT (in every QR) and ALLOWED_HOSTS follow from this, unless they are given.
run aula serve-prod: export LAYANI = $(HOST):$(PORT)
run: export MODE_LATIHAN = 1

run:
	$(PASANG) base venv pdf
	$(SIAPKAN) create_demo --jika-kosong
	@$(BIN)/python manage.py salam_demo
	$(GUNICORN) --log-level warning

# `make aula HTTPS=1 …` also serves https for the team's cameras (docs/keamanan.md).
# `make aula` shows this laptop's code; `make aula BERKAS=sikur-2027.musrenbang` serves the event that a server let go to
# it, in a folder of its own. Without a keyboard: SIDIK="..." SANDI_BERKAS=... beside BERKAS.
aula: export VAR_DIR = var/aula
aula: export CADANGAN_DIR ?= var/aula/cadangan
aula: export AULA = 1
aula: export PORT_AMAN = $(if $(AMAN),$(HTTPS_PORT),)
aula:
ifeq ($(BERKAS),)
	$(PASANG) base venv pdf
	$(SIAPKAN) kode_laptop
	@echo "Ketik kode itu di server, halaman “Bawa ke aula”, lalu: make aula BERKAS=nama.musrenbang"
else
	@test -f "$(BERKAS)" || { echo "Berkas $(BERKAS) tidak ada. Sebutkan berkasnya: make aula BERKAS=nama.musrenbang" >&2; exit 2; }
	$(PASANG) base venv pdf
	$(SIAPKAN) impor_musrenbang "$(BERKAS)" --jika-belum
	@$(BIN)/python manage.py salam_demo
	$(if $(AMAN),$(GUNICORN_AMAN),$(GUNICORN) --log-level warning)
endif

serve-prod:
	$(PASANG) base venv pdf
	$(SIAPKAN)
	$(GUNICORN) --access-logfile -

# For the hands that write code: SQLite, no browser, nothing that takes long.
quick:
	$(PASANG) dev venv pdf
	@bash tests/jalankan.sh $(BIN) cepat

test:
	$(PASANG) dev venv pdf uji
	@bash tests/jalankan.sh $(BIN)

# A whole day in a browser, counted: by mouse and keys, by keys alone, by a finger; and a desk that is offline for ten minutes.
hari:
	$(PASANG) dev venv pdf uji
	@DEBUG=1 MODE_LATIHAN=1 $(BIN)/pytest -n 0 -s -q tests/e2e/whole_day.py tests/e2e/long_desk.py

# The formatters decide the layout of code and templates.
fmt:
	$(PASANG) dev venv pdf
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .
	$(BIN)/djangofmt --quiet templates

lint:
	$(PASANG) dev venv pdf
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djangofmt --check --quiet templates
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports
	DEBUG=1 $(BIN)/mypy
	@# What came after Python 3.11; the two left out are asked of floats and bytes alone, which vermin cannot see.
	$(BIN)/vermin --quiet --target=3.11- --violations --no-tips --eval-annotations --exclude int.is_integer --exclude str.decode \
	  manage.py musrenbang usulan rkp delegasi tindak_lanjut berita_acara alur periksa tests bench docs deploy
	@bash deploy/audit.sh $(BIN)

# `var/periksa.pyz`: checks the ZIP of an event with the standard library alone, away from any server.
periksa:
	@$(PYTHON) -m periksa.build var/periksa.pyz

bench:
	$(PASANG) dev venv pdf uji
	@DEBUG=1 MODE_LATIHAN=1 $(BIN)/python bench

# What is run by hand: `make bench-beban`, then `.venv/bin/python bench/february.py pagi` and the others (bench/README.md).
bench-beban:
	$(PASANG) bench venv pdf beban

lock:
	cd requirements && for f in base server dev bench; do $(PYTHON) -m piptools compile --quiet --strip-extras --allow-unsafe \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header -o $$f.txt $$f.in; done

clean:
	rm -rf $(VENV) staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis
