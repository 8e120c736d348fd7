# `make demo` and `make test` set up everything by themselves: Python 3.11 or newer, make and git are enough.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
QUIET := --quiet --disable-pip-version-check
# LOCKED=1 installs the very versions that Radiary is developed with.
LOCK := $(if $(LOCKED),--constraint requirements-dev.lock)

# Tests start thousands of processes: each would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-again lint quick guards test-debian test-firefox torture evening live watchtest mutate pages leaks leaks-peers leaks-recall share-check pictures inputs lab bench bench-papers bench-look bench-scale reference lock format clean

demo: $(VENV)/.ready
	$(BIN)/radiary demo --folder build/demo

test: lint
	$(BIN)/pytest -m "not debian" --numprocesses auto --dist loadfile --no-loadscope-reorder

# Only the tests that failed last time, with each command started from nothing instead of forked from a process that has imported it.
test-again: $(VENV)/.ready-test
	STARTED=1 $(BIN)/pytest -m "not debian" --numprocesses 2 --dist loadfile --last-failed --last-failed-no-failures none

lint: $(VENV)/.ready-test
	$(BIN)/ruff check service tests .ci
	$(BIN)/ruff format --check service tests .ci
	$(BIN)/mypy

# While you work: lint, types, and the tests of what decides, which need no process and little time.
PURE := test_house.py test_readme.py test_settings.py model files library/test_assemble.py library/test_layout.py library/test_merge.py \
    state/test_queue.py state/test_same_person.py watch/test_completeness.py service/test_backoff.py dicom/read dicom/wall \
    dicom/test_report.py chronicle/test_story.py chronicle/test_page.py chronicle/test_jekyll.py chronicle/test_identity_gate.py

quick: lint
	cd tests && ../$(BIN)/pytest -q -m "not debian" --numprocesses auto $(PURE)

# Needs chromium, chromium-driver, dcmtk, strace, zsh, fish and systemd from Debian, which `.ci/run` installs, and the right to mount.
test-debian: $(VENV)/.ready-browser
	$(BIN)/pytest -m "debian and not firefox" --numprocesses 2 --dist loadfile --no-loadscope-reorder

# Pages, viewer and shares in Firefox, too; needs firefox-esr from Debian.
test-firefox: $(VENV)/.ready-browser
	$(BIN)/pytest -m firefox --numprocesses 2 --dist loadfile --no-loadscope-reorder $(if $(ONLY),tests/$(ONLY))

# Longer runs than the tests': the service killed again and again, the watcher's scenarios, mutated inputs.
torture: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python torture.py --kills $(or $(KILLS),100) $(if $(SEED),--seed $(SEED)) $(if $(AFTER),--after $(AFTER))

# Downloads of all kinds while library, disk, clock and service fail (as root: with a disk that is full).
evening: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python evening.py --megabytes $(or $(MEGABYTES),2000) $(if $(SEED),--seed $(SEED))

watchtest: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python watchtest.py

# The service installed in a real systemd, which is booted in namespaces of this computer's files; takes root.
live: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -W ignore -m live.run

mutate: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python mutate.py --count $(or $(COUNT),100000) --seed $(or $(SEED),1)

# The chronicle for the eye: from an export of all kinds and a file with words, photographed at three widths in light and dark, and
# printed, in build/pages (with Debian's chromium and its driver). SPEAKS=nl takes another language.
pages: $(VENV)/.ready-browser
	cd tests && ../$(BIN)/python -W ignore -m pages $(if $(SPEAKS),--language $(SPEAKS))

# Every guard of `tests/guards.py` taken away, one at a time, in a copy: the tests named beside it must fail. ONLY=ledger takes some.
guards: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -m guarding $(if $(ONLY),--only "$(ONLY)")

# 4,500 tokens in 240 places and text in pictures, through the whole service: nothing of it may be found again.
leaks: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -W ignore -m leaks.run $(if $(SEED),--seed $(SEED)) $(if $(SIZE),--size $(SIZE))

# The same export through the tools people use today, each with its default settings; they are installed into build/peers.
leaks-peers: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -m leaks.peers $(if $(SEED),--seed $(SEED))

# 3,000 generated texts through the whole ingest: how many are cleared or held, by kind, direction, size, contrast and script, and how much
# is held or lost where there is none. SAMPLE=300 takes a tenth; SAMPLES=… adds a folder of real pictures without text.
leaks-recall: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -m leaks.recall $(if $(SEED),--seed $(SEED)) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SAMPLES),--samples $(abspath $(SAMPLES)))

# Two copies of the same three exams, in zips and in folders, with counted and with true days: whether anything but the pictures
# themselves links them, or leads back to the library. FORM=png takes the other form of pictures.
share-check: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -W ignore -m share_check $(if $(FORM),--form $(FORM))

# Every file of an index through the worker's path against its reference picture, beside pydicom + Pillow, dicom2jpg and DCMTK.
pictures: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -W ignore -m pictures.run --index $(abspath $(INDEX)) $(if $(ALONE),--alone)

# Odd files, each through `radiary once` in folders of its own, against what should become of it. ONLY=k6 takes some; PEERS=1 adds
# what DCMTK, pydicom + Pillow, dicom2jpg and GDCM make of the same files.
inputs: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -W ignore -m inputs.run --folder $(abspath $(DIR)) $(if $(ONLY),--only "$(ONLY)") $(if $(PEERS),--peers)

# Laboratory papers of an index read and compared with their truth, value by value. SHOW=1 tells what was missed.
lab: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -W ignore -m lab.run --index $(abspath $(INDEX)) $(if $(SHOW),--show)

# How fast, beside the tools people run by hand, in one run: pictures a second, CPU, memory, bytes, and a profile by stage; figures in
# build/bench.json. With Debian's dcmtk there is one more peer. ONLY=CT measures one column.
bench: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -W ignore -m benchmarks.run $(if $(TURNS),--turns $(TURNS)) $(if $(ONLY),--only "$(ONLY)")

# What grows with what is there already (10, 1,000 and 10,000 exports; 100,000 and 1,000,000 events), and the memory that large
# exports take. LARGEST=1000 ends there. The largest take a quarter of an hour and 6 GB of disk.
bench-scale: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -W ignore -m benchmarks.scale $(if $(LARGEST),--largest $(LARGEST))
	cd tests && ../$(BIN)/python -W ignore -m benchmarks.memory
	cd tests && ../$(BIN)/python -W ignore -m benchmarks.idle

# Reading papers: CPU and memory of one of two pages.
bench-papers: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -W ignore -m benchmarks.papers

# Looking for text: its share of a CT's ingest, and what a clip costs.
bench-look: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -W ignore -m benchmarks.looking

# `docs/reference`, made from settings, facts, reasons and commands.
reference: $(VENV)/.ready-test
	cd tests && ../$(BIN)/python -m reference

# `requirements-dev.lock`, from what is installed.
lock: $(VENV)/.ready-browser
	cd tests && ../$(BIN)/python -m locking

format: $(VENV)/.ready-test
	$(BIN)/ruff format service tests .ci
	$(BIN)/ruff check --fix service tests .ci

clean:
	rm -rf build $(VENV)

$(VENV)/.ready: WANTED := .[ocr]
$(VENV)/.ready-test: WANTED := .[test]
$(VENV)/.ready-browser: WANTED := .[test,browser]

$(VENV)/.ready-test: $(VENV)/.ready
$(VENV)/.ready-browser: $(VENV)/.ready-test

# uv where it is there, else pip; wheels only, so that nothing needs a compiler. A warning of the installer is no concern of who runs the demo; an error is.
$(VENV)/.ready $(VENV)/.ready-test $(VENV)/.ready-browser: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Radiary needs Python 3.11 or newer.") if sys.version_info < (3, 11) else None'
	@echo 'Installing into $(VENV) what $(WANTED) needs: a minute or two, this time only.'
	@if command -v uv >/dev/null 2>&1; then \
	    uv venv --quiet --allow-existing --python $(PYTHON) $(VENV) && \
	    uv pip install --quiet $(LOCK) --only-binary :all: --python $(BIN)/python --editable '$(WANTED)'; \
	else \
	    $(PYTHON) -c 'import ensurepip' || { echo 'Python comes without pip here: install python3-venv.'; exit 1; }; \
	    $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install $(QUIET) $(QUIET) $(LOCK) --only-binary :all: --editable '$(WANTED)'; \
	fi
	@touch $@
