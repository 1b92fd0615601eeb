# Tidemark: `make` prints this help.
#
# Nothing needs installing by hand beyond Go 1.26, Node 20 with npm, git, make
# and g++ (DuckDB links libstdc++). What else a target needs it installs and
# says so: the dashboard's packages by npm (pinned in package-lock.json), Go
# modules by go (pinned in go.sum), Chromium for the browser tests and Exim for
# the tests of mail by apt.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

WEB := ui/web
TRACKER := ui/tracker
BIN := bin/tidemark
LISTEN ?= 127.0.0.1:8080
GOFUMPT := mvdan.cc/gofumpt@v0.12.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
WEB_SOURCES := $(shell git ls-files --cached --others --exclude-standard $(WEB) 2>/dev/null | grep -v '/dist/')
TRACKER_SOURCES := $(shell git ls-files --cached --others --exclude-standard $(TRACKER)/src $(TRACKER)/scripts 2>/dev/null)
# Test programs link faster without tables for debuggers, and by gold where it is there.
TEST_LINK := -ldflags '-s -w $(if $(shell command -v ld.gold),-extldflags=-fuse-ld=gold)'

# Lint, tests and program are compiled with the same flags, so that what one has compiled the next finds in Go's build
# cache: SQLite alone takes a minute of a processor, and a quarter more with tables for debuggers, which nobody reads.
export GOFLAGS := $(strip -trimpath $(GOFLAGS))
export CGO_CFLAGS ?= -O2

say = @printf '\033[1m==> %s\033[0m\n' "$(1)"

.PHONY: help
help: ## this help
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: build ## build everything and serve the demo on http://127.0.0.1:8080
	$(call say,starting the demo: a made-up business in a temporary folder)
	@exec $(BIN) demo --listen $(LISTEN)

.PHONY: build
build: $(WEB)/dist/index.html $(TRACKER)/dist/t.js ## dashboard, site script and program, at bin/tidemark
	$(call say,building $(BIN) (the first build compiles SQLite and links DuckDB: two to four minutes))
	@go build -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) ./cmd/tidemark

$(WEB)/node_modules/.installed: $(WEB)/package-lock.json
	$(call say,installing the dashboard's packages)
	@cd $(WEB) && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.installed

$(WEB)/dist/index.html: $(WEB)/node_modules/.installed $(WEB_SOURCES)
	$(call say,building the dashboard)
	@cd $(WEB) && npm run --silent build && touch dist/index.html

$(TRACKER)/dist/t.js: $(WEB)/node_modules/.installed $(TRACKER_SOURCES)
	$(call say,building the site script (fails at 2 kB compressed))
	@cd $(TRACKER) && npm run --silent build

.PHONY: test
test: ## every test there is, the browser's too
	@$(MAKE) --no-print-directory $(WEB)/dist/index.html $(TRACKER)/dist/t.js
	@# Most of these use one processor. What fails says so last, and nothing after them starts.
	@$(MAKE) --no-print-directory -j2 -Oline lint-go lint-web test-web
	@$(MAKE) --no-print-directory test-go e2e
	$(call say,all tests passed)

.PHONY: test-short
test-short: ## the tests of an edit: Go without the browser, cached
	@go test -short ./...

.PHONY: exim
exim:
	@command -v exim4 >/dev/null || { printf '\033[1m==> installing Exim for the tests of mail (apt)\033[0m\n'; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends exim4-daemon-light >/dev/null; }

.PHONY: test-go
test-go: $(WEB)/dist/index.html $(TRACKER)/dist/t.js exim ## all Go tests but those on real input: real databases, the real program
	$(call say,Go tests)
	@go test -vet=off -timeout 15m $(TEST_LINK) -skip RealInput ./... # lint-go vets

.PHONY: test-web
test-web: $(WEB)/node_modules/.installed ## unit tests of the dashboard
	$(call say,dashboard tests)
	@cd $(WEB) && npm run --silent test

.PHONY: test-real
test-real: ## imports of real files, where ../shared/data is there
	$(call say,real input: $(if $(wildcard ../shared/data),$(realpath ../shared/data),none here: the tests say they skip))
	@go test -vet=off -count=1 -v $(TEST_LINK) -run RealInput \
		$$(grep -rl RealInput --include='*_test.go' --exclude-dir=node_modules . | xargs -n1 dirname | sort -u)

.PHONY: e2e
e2e: build chromium ## site script and dashboard in Chromium against the real program
	$(call say,browser tests of the site script)
	@cd $(TRACKER) && npm run --silent e2e
	$(call say,browser tests of the dashboard)
	@$(WEB)/e2e/run $(BIN)

.PHONY: chromium
chromium:
	@# Chromium itself for the script, which must live with its back/forward cache; the one without windows for
	@# the dashboard, as it takes half of the processor time.
	@command -v chromium >/dev/null && command -v chromium-headless-shell >/dev/null || { printf '\033[1m==> installing Chromium for the browser tests (apt)\033[0m\n'; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium chromium-headless-shell >/dev/null || command -v chromium; }

.PHONY: lint
lint: lint-go lint-web ## gofumpt, go vet, staticcheck, eslint, prettier, tsc

.PHONY: lint-go
lint-go:
	$(call say,lint of Go)
	@unformatted=$$(go run $(GOFUMPT) -l $$(git ls-files --cached --others --exclude-standard '*.go')); \
		if [ -n "$$unformatted" ]; then echo "gofumpt would change: $$unformatted"; exit 1; fi
	@mkdir -p $(WEB)/dist && touch $(WEB)/dist/.gitkeep
	@go vet ./...
	@go run $(STATICCHECK) ./...

.PHONY: lint-web
lint-web: $(WEB)/node_modules/.installed
	$(call say,lint of the dashboard and the site script)
	@cd $(WEB) && npm run --silent lint
	@cd $(TRACKER) && npm run --silent lint

.PHONY: generate
generate: $(WEB)/node_modules/.installed ## openapi.yaml from the Go types, TypeScript types from openapi.yaml
	$(call say,generating)
	@go test ./api -run TestOpenAPIGolden -count=1 -update >/dev/null
	@cd $(WEB) && npm run --silent generate

.PHONY: verify
verify: generate ## fail if what is generated is not what is committed
	@git diff --exit-code -- openapi.yaml $(WEB)/src/api

.PHONY: bench
bench: build ## measure against floors in the same run
	@$(BIN) bench

.PHONY: clean
clean: ## remove what was built
	@rm -rf bin $(WEB)/dist/assets $(WEB)/dist/index.html $(TRACKER)/dist/t.js
