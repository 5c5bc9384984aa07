# What can be done here. Each target installs what it lacks on Debian and
# Ubuntu, and says so.

GO      ?= go
TOOLS   := -modfile=internal/tools/go.mod
VERSION := 0.1.0
PLUGINS := svg png
BENCH   ?= .
FUZZTIME ?= 5m

# Figures and links that go into the binaries.
LDFLAGS := -X main.version=$(VERSION)

.PHONY: build run test check bench soak deps test-deps lint generate clean

build: deps ## the program, its plugins and the account server in build/
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o build/mapwright .
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o build/mapwright-accounts ./internal/cmd/mapwright-accounts
	@rm -rf build/plugins build/plugins.new
	@for p in $(PLUGINS); do internal/tools/plugin.sh $$p build/plugins.new || exit 1; done
	@mv build/plugins.new build/plugins

run: build ## the main job, once
	internal/tools/run.sh

test: test-deps build ## all tests
	$(GO) test ./...

check: test-deps build lint ## what CI runs: linters, dependency rules, tests with the race detector
	$(GO) test -race -timeout 30m ./...
	$(GO) test -tags geos ./internal/planar/...

bench: test-deps build ## speed and memory beside other programs; BENCH=regex picks
	$(GO) run -tags geos ./internal/bench -run '$(BENCH)' -o build/bench.json

soak: test-deps build ## what takes long: all cities and sizes, 1,000 kills, many seeds, each fuzz test for FUZZTIME
	MAPWRIGHT_SOAK=1 $(GO) test -timeout 6h ./...
	internal/tools/fuzz.sh $(FUZZTIME)

lint:
	@unformatted=$$($(GO) tool $(TOOLS) gofumpt -l $$(git ls-files -co --exclude-standard '*.go' | grep -v '\.pb\.go$$')); \
	if [ -n "$$unformatted" ]; then echo "not formatted (run gofumpt -w):"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool $(TOOLS) golangci-lint run ./...
	$(GO) tool $(TOOLS) buf lint plugins/proto
	cd internal/tools && $(GO) mod verify >/dev/null
	$(GO) mod tidy -diff

generate: ## the wire contract's Go code
	@mkdir -p build/tools
	$(GO) build $(TOOLS) -o build/tools/ google.golang.org/protobuf/cmd/protoc-gen-go google.golang.org/grpc/cmd/protoc-gen-go-grpc
	cd plugins/proto && PATH="$(CURDIR)/build/tools:$$PATH" $(GO) tool -modfile=../../internal/tools/go.mod buf generate

deps:
	@internal/tools/install.sh build

test-deps:
	@internal/tools/install.sh test

clean:
	rm -rf build out
